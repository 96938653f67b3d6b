import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { feedbackOpen, paragraph } from '../../web/desk/feedback.ts'
import { begin, openAnswer, press, ROUTE, said, show, type AnswerPage } from './answer-page.ts'
import { later } from './server-stub.ts'

let open: AnswerPage
beforeEach(() => {
  open = openAnswer()
})
afterEach(() => open.close())

describe('feedback from a call', () => {
  it('is sent by three keys, says so quietly, and gives the focus back', async () => {
    await begin()
    expect(document.activeElement?.id).toBe('desk-feedback')
    await press('1')
    await press('Enter')
    expect(open.last()).toEqual({
      kind: 'wrong',
      callId: 5,
      sendKey: expect.stringMatching(/^[\da-f-]{35}$/u),
    })
    expect([said(), feedbackOpen.value, document.activeElement?.id]).toEqual([
      'toast.reported',
      false,
      'before',
    ])
    expect(localStorage).toHaveLength(0)
  })

  it('names the paragraph chosen by arrows, and the words', async () => {
    await begin()
    await press('ArrowDown')
    await press('ArrowDown')
    await press('ArrowDown')
    expect(open.page.find('.prose > [data-chosen]').text()).toBe('修不了的，七天内登记。')
    await press('ArrowUp')
    expect(open.panel().find('.where').text()).toContain('正文第 2 段“能修的，修。”')
    await press('2')
    await open.panel().find('input').setValue('修到什么程度？')
    await press('Enter')
    expect(open.last()).toMatchObject({ kind: 'unclear', paragraph: 1, words: '修到什么程度？' })
    expect(open.page.find('[data-chosen]').exists()).toBe(false)
  })

  it('names the paragraph that is clicked; a second click means the whole entry again', async () => {
    await begin()
    const block = open.page.findAll('.prose > *')[2]!
    await block.trigger('click')
    expect([paragraph.value, document.activeElement?.id]).toEqual([2, 'desk-feedback'])
    await block.trigger('click')
    expect(paragraph.value).toBeNull()
  })

  it('begins on the paragraph where the caret is', async () => {
    getSelection()?.collapse(open.page.findAll('.prose > *')[1]!.element.firstChild, 1)
    await begin()
    expect(paragraph.value).toBe(1)
    getSelection()?.removeAllRanges()
  })

  it('does not send while an input method composes, without a kind, or at Esc', async () => {
    await begin()
    await press('Enter')
    await press('1')
    const key = { key: 'Enter', bubbles: true, cancelable: true, isComposing: true }
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', key))
    await press('Escape')
    expect(open.reports()).toEqual([])
    expect(feedbackOpen.value).toBe(false)
  })

  it('leaves every other key to the desk, but no digit', async () => {
    await begin()
    const heard: string[] = []
    const listen = (event: KeyboardEvent) => event.defaultPrevented || heard.push(event.key)
    document.addEventListener('keydown', listen)
    for (const key of ['r', 'n', 'c', '7', '1']) await press(key)
    document.removeEventListener('keydown', listen)
    expect(heard).toEqual(['r', 'n', 'c'])
  })

  it('warns of numbers of customers, and neither keeps nor sends them', async () => {
    const slow = later<unknown>()
    open.server[ROUTE] = () => slow.promise
    await begin()
    await press('1')
    await open.panel().find('input').setValue('客户 138 0013 8000，户号０１２３４５６７８９ 说不对')
    expect(open.panel().find('.numbers').exists()).toBe(true)
    await press('Enter')
    expect(JSON.stringify([open.last(), { ...localStorage }])).not.toMatch(/\d{4} |8000|０１２３/u)
    expect(open.last()).toMatchObject({ words: '客户 ＊＊＊,户号＊＊＊ 说不对' })
    slow.give({ taskId: 3 })
    await flushPromises()
  })

  it('ends with the entry it is about, and keeps the words that were not sent', async () => {
    await begin()
    await press('3')
    await open.panel().find('input').setValue('电价去年改了')
    show(2)
    await flushPromises()
    expect(feedbackOpen.value).toBe(false)
    show(1)
    await begin()
    expect((open.panel().find('input').element as HTMLInputElement).value).toBe('电价去年改了')
  })
})
