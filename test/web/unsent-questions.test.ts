import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { i18n } from '../../web/app/i18n.ts'
import { resumeAfterSignIn } from '../../web/api/index.ts'
import { noteReached } from '../../web/api/connection.ts'
import QuestionShelf from '../../web/desk/QuestionShelf.vue'
import { form } from '../../web/desk/question-form.ts'
import { face } from '../../web/desk/raising.ts'
import { followUnsentQuestions, unsavedWords, unsentQuestions } from '../../web/desk/unsent-questions.ts'
import { press, said } from './answer-page.ts'
import { RAISE, beginQuestion, openRaising, raised, type RaisingPage } from './raising-page.ts'
import { problem } from './server-stub.ts'

let open: RaisingPage
beforeEach(() => {
  open = openRaising()
})
afterEach(() => open.close())

const offline = () => {
  throw new TypeError('Failed to fetch')
}
const raiseOffline = async (phone?: string) => {
  open.server[RAISE] = offline
  await beginQuestion()
  if (phone !== undefined) Object.assign(form, { wantsCallback: true, phone, consent: true })
  unsavedWords.value = '客户13800138000问光伏补贴'
  await press('Enter')
}
const back = async () => {
  open.server[RAISE] = (_url, init) => {
    open.keys.push(new Headers(init.headers).get('idempotency-key'))
    return raised
  }
  noteReached()
  await flushPromises()
}

describe('a question that cannot be sent', () => {
  it('waits visibly, without a number on this computer, and is sent once', async () => {
    const stop = followUnsentQuestions()
    await flushPromises()
    await raiseOffline('13800138000')
    const shelf = mount(QuestionShelf, { global: { plugins: [i18n] } })
    expect(shelf.text()).toContain('1 条待发送')
    expect(open.page.text()).toContain('有了答复我们会打电话告诉您')
    expect(localStorage).toHaveLength(1)
    expect(JSON.stringify({ ...localStorage })).not.toContain('8000')
    await back()
    await back()
    expect(open.sent()).toHaveLength(2)
    expect(open.body()).toMatchObject({ callback: { phone: '13800138000', consent: true } })
    expect([said(), localStorage.length, unsentQuestions.value]).toEqual(['toast.questionsSent', 0, []])
    expect(JSON.stringify({ ...sessionStorage })).not.toContain('8000')
    stop()
  })

  it('says so when the page that was closed lost the number and kept the question', async () => {
    await raiseOffline('13800138000')
    unsentQuestions.value = []
    sessionStorage.clear()
    open.server[RAISE] = offline
    followUnsentQuestions()()
    await flushPromises()
    const shelf = mount(QuestionShelf, { global: { plugins: [i18n] } })
    expect(shelf.text()).toContain('其中 1 条的客户号码没有保留')
    open.server[RAISE] = () => raised
    followUnsentQuestions()()
    await flushPromises()
    expect(open.body()).not.toHaveProperty('callback')
    expect(shelf.text()).toContain('没有登记回拨')
  })

  it('waits for the sign-in and then is sent', async () => {
    open.server[RAISE] = () => problem('session.required', 401)
    await beginQuestion()
    await press('Enter')
    expect(localStorage).toHaveLength(1)
    open.server[RAISE] = () => raised
    resumeAfterSignIn()
    await flushPromises()
    expect([open.sent().length, localStorage.length, face.value]).toEqual([2, 0, 'told'])
  })

  it('gives its words back when it is refused for good', async () => {
    await raiseOffline()
    unsavedWords.value = '另一个问题'
    open.server[RAISE] = () => problem('call.not_found', 404)
    const stop = followUnsentQuestions()
    await flushPromises()
    expect(unsavedWords.value).toBe('另一个问题\n客户13800138000问光伏补贴')
    expect(localStorage).toHaveLength(0)
    stop()
  })
})
