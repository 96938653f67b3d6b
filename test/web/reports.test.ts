import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { i18n } from '../../web/app/i18n.ts'
import { noteReached } from '../../web/api/connection.ts'
import { resumeAfterSignIn } from '../../web/api/index.ts'
import ReportShelf from '../../web/desk/ReportShelf.vue'
import { loadReports } from '../../web/desk/my-reports.ts'
import { followReports, unsentWords, waiting } from '../../web/desk/reports.ts'
import { toasts } from '../../web/ui/toasts.ts'
import { begin, openAnswer, PERSON, press, ROUTE, said, type AnswerPage } from './answer-page.ts'
import { problem } from './server-stub.ts'

let open: AnswerPage
beforeEach(() => {
  open = openAnswer()
})
afterEach(() => open.close())

const report = async (words: string) => {
  await begin()
  await press('1')
  await open.panel().find('input').setValue(words)
  await press('Enter')
}
const offline = () => {
  throw new TypeError('Failed to fetch')
}
const back = async () => {
  open.server[ROUTE] = () => ({ taskId: 3 })
  noteReached()
  await flushPromises()
}

describe('a report that cannot be sent', () => {
  it('stays on this computer while offline and is sent once when the server is back', async () => {
    const stop = followReports()
    await flushPromises()
    open.server[ROUTE] = offline
    await report('时限不对')
    expect([said(), localStorage.length]).toEqual(['toast.reportKept', 1])
    const { sendKey } = open.last() as { sendKey: string }
    await back()
    await back()
    expect(open.reports()).toHaveLength(2)
    expect(open.last()).toMatchObject({ sendKey, words: '时限不对' })
    expect([said(), localStorage.length, waiting.value]).toEqual(['toast.reportsSent', 0, []])
    stop()
  })

  it('is taken up by the next page of the same person, and of nobody else', async () => {
    open.server[ROUTE] = offline
    await report('时限不对')
    const { sendKey } = open.last() as { sendKey: string }
    waiting.value = []
    open.server['GET /api/session'] = () => ({ person: { ...PERSON, id: 8 } })
    open.server[ROUTE] = () => ({ taskId: 3 })
    followReports()()
    await flushPromises()
    expect(open.reports()).toHaveLength(1)
    open.server['GET /api/session'] = () => ({ person: PERSON })
    followReports()()
    await flushPromises()
    expect(open.reports().map(one => (one.body as { sendKey: string }).sendKey)).toEqual([sendKey, sendKey])
    expect(localStorage).toHaveLength(0)
  })

  it('waits for the sign-in, kept meanwhile, and then is sent', async () => {
    open.server[ROUTE] = () => problem('session.required', 401)
    await report('时限不对')
    expect([localStorage.length, said()]).toEqual([1, undefined])
    open.server[ROUTE] = () => ({ taskId: 3 })
    resumeAfterSignIn()
    await flushPromises()
    expect([open.reports().length, localStorage.length, said()]).toEqual([2, 0, 'toast.reported'])
  })

  it.each([500, 503, 429])('is tried again later after %i', async status => {
    vi.useFakeTimers()
    open.server[ROUTE] = () => problem('server.stopping', status)
    await report('时限不对')
    expect(localStorage).toHaveLength(1)
    open.server[ROUTE] = () => ({ taskId: 3 })
    await vi.advanceTimersByTimeAsync(30_000)
    expect([open.reports().length, localStorage.length]).toEqual([2, 0])
  })

  it('gives its words back when it is refused for good', async () => {
    open.server[ROUTE] = () => problem('entry.not_found', 404)
    await report('时限不对')
    expect([said(), localStorage.length, unsentWords(1).value]).toEqual([
      'code.entry.not_found',
      0,
      '时限不对',
    ])
  })
})

/** A report as the server gives it. */
const one = (state: string, more = {}) => ({
  id: 3,
  kind: 'wrong',
  entry: { id: 1, kind: 'answer', topic: '赔偿', title: '家电烧坏了怎么赔' },
  paragraph: null,
  words: null,
  at: '2026-11-22T02:00:00.000Z',
  dueAt: '2026-11-27T02:00:00.000Z',
  state,
  answer: null,
  answeredAt: null,
  ...more,
})
const answers = (...reports: object[]) =>
  (open.server['GET /api/feedback'] = () => ({ total: reports.length, reports }))

describe('what came of a report', () => {
  it('is said once it is known, and stands beside the call', async () => {
    answers(one('open'))
    await loadReports()
    const shelf = mount(ReportShelf, { global: { plugins: [i18n] } })
    expect([said(), shelf.text()]).toEqual([undefined, expect.stringContaining('待处理')])
    answers(one('answered', { answer: '七天是对的。' }))
    await loadReports()
    expect([said(), shelf.text()]).toEqual(['toast.reportDone', expect.stringContaining('七天是对的。')])
    toasts.value = []
    await loadReports()
    expect(said()).toBeUndefined()
  })

  it('of an entry that is gone shows no title', async () => {
    answers(one('withdrawn', { entry: null }))
    await loadReports()
    const shelf = mount(ReportShelf, { global: { plugins: [i18n] } })
    expect(shelf.find('button').exists()).toBe(false)
    expect(shelf.text()).toContain('条目已撤下或过期')
  })
})
