import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { shown } from '../../web/desk/answer.ts'
import { form } from '../../web/desk/question-form.ts'
import { face } from '../../web/desk/raising.ts'
import { text } from '../../web/desk/search.ts'
import { unsavedWords } from '../../web/desk/unsent-questions.ts'
import { press } from './answer-page.ts'
import { ASKED, LOOK, RAISE, beginQuestion, openRaising, outlook, type RaisingPage } from './raising-page.ts'
import { problem } from './server-stub.ts'

let open: RaisingPage
beforeEach(() => {
  open = openRaising()
})
afterEach(() => open.close())

const want = async (phone: string) => {
  await beginQuestion()
  await press('h')
  expect(document.activeElement?.id).toBe('question-phone')
  await open.page.find('#question-phone').setValue(phone)
}

describe('raising a question', () => {
  it('takes two keys, the words being those of the search, and takes the focus to what the caller is told', async () => {
    await beginQuestion()
    expect(document.activeElement?.id).toBe('desk-question')
    await press('Enter')
    expect(open.body()).toEqual({
      text: ASKED,
      query: ASKED,
      shown: ['entry:2', 'notice:3'],
      callId: 5,
    })
    expect(open.keys[0]).toMatch(/^[\da-f-]{35}$/u)
    expect([face.value, document.activeElement?.className]).toEqual(['told', 'raised'])
    expect(open.page.text()).toContain('您的问题我已经登记')
    expect(open.page.text()).toContain('待跟进')
    expect([localStorage.length, unsavedWords.value]).toEqual([0, ''])
  })

  it('joins an open question by its number, and opens an entry without closing', async () => {
    await beginQuestion()
    await press('1')
    await press('5')
    expect(shown.value?.id).toBe(2)
    expect(face.value).toBe('raising')
    await beginQuestion()
    document.getElementById('desk-question')?.focus()
    await press('Enter')
    expect(open.body()).toMatchObject({ mergeInto: 31 })
  })

  it('shows the safety sentence and what will be masked before anything is saved', async () => {
    open.server[LOOK] = () =>
      outlook({
        urgency: 'safety',
        safety: { entryId: null, say: '请您和家人先离开那里。' },
        personal: [{ kind: 'phone', range: [0, 11] }],
        masked: '＊＊＊说电线断了',
      })
    await beginQuestion()
    expect(open.page.find('.danger blockquote').text()).toContain('请您和家人先离开那里。')
    expect(open.page.find('.masked').text()).toContain('＊＊＊说电线断了')
    expect(open.sent()).toHaveLength(0)
  })

  it('says at the field what is wrong and keeps what was written', async () => {
    text.value = ''
    await beginQuestion()
    expect(document.activeElement?.id).toBe('question-words')
    const box = open.page.find('textarea')
    await box.setValue('电'.repeat(501))
    await box.trigger('keydown', { key: 'Enter', ctrlKey: true })
    expect(open.page.find('.fault').text()).toContain('有 501 字，最多 500 字')
    expect(unsavedWords.value).toHaveLength(501)
    await box.setValue('  ')
    await box.trigger('keydown', { key: 'Enter', ctrlKey: true })
    expect(open.page.find('.fault').text()).toContain('先写一句')
    expect(open.sent()).toHaveLength(0)
  })

  it('leaves Enter to the words while they are written or composed', async () => {
    await beginQuestion()
    const box = open.page.find('textarea')
    await box.trigger('keydown', { key: 'Enter' })
    await box.trigger('keydown', { key: 'Enter', ctrlKey: true, isComposing: true })
    expect(open.sent()).toHaveLength(0)
  })
})

describe('a call back', () => {
  it('needs a possible number and the consent, each said at its field', async () => {
    await want('12345')
    await press('Enter')
    expect(open.page.text()).toContain('没有这样的电话号码')
    expect(open.page.text()).toContain('同意了按 Alt+Y')
    expect([open.sent().length, form.phone]).toEqual([0, '12345'])
  })

  it('goes with number and consent, and nothing of it stays in the browser', async () => {
    await want('138 0013 8000')
    document.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'y', code: 'KeyY', altKey: true, bubbles: true, cancelable: true }),
    )
    await press('Enter')
    expect(open.body()).toMatchObject({ callback: { phone: '138 0013 8000', consent: true } })
    expect(JSON.stringify([{ ...localStorage }, { ...sessionStorage }])).not.toContain('8000')
    expect(open.page.text()).toContain('尾号 8000')
  })

  it('refused by the server is said at its field, the panel as it was', async () => {
    open.server[RAISE] = () => problem('callback.impossible_number', 422)
    await want('13800138000')
    form.consent = true
    await press('Enter')
    expect([face.value, form.phone, unsavedWords.value]).toEqual(['raising', '13800138000', ASKED])
    expect(open.page.find('.wanted .fault').text()).toContain('没有这样的电话号码')
  })
})
