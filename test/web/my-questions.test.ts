import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { shown } from '../../web/desk/answer.ts'
import { deskCommand } from '../../web/desk/commands.ts'
import { chosenId, chosenView, followMyQuestions, myQuestions } from '../../web/desk/my-questions.ts'
import { questionNews } from '../../web/desk/question-news.ts'
import { openAddress } from '../../web/desk/places-to-go.ts'
import { face } from '../../web/desk/raising.ts'
import { press } from './answer-page.ts'
import { openRaising, type RaisingPage } from './raising-page.ts'

const own = (state: string, more: object = {}) => ({
  id: 40,
  text: '光伏补贴怎么还没到',
  state,
  category: '供电服务',
  department: 'market',
  supporting: [],
  urgency: 'normal',
  count: 1,
  raisedAt: '2026-11-20T02:00:00.000Z',
  dueAt: '2026-11-25T02:00:00.000Z',
  isOverdue: false,
  escalation: 0,
  taker: null,
  isMine: true,
  ...more,
})
const view = (state: string, more: object = {}) => ({
  ...own(state),
  mergedInto: null,
  askings: [],
  steps: [],
  answer: null,
  near: [],
  candidates: [],
  may: [],
  ...more,
})
const step = (kind: string, reason: string) => ({
  kind,
  at: '2026-11-21T02:00:00.000Z',
  by: { id: 3, name: '陈工' },
  department: null,
  reason,
  otherId: null,
})
const answered = view('published', {
  answer: {
    entryId: 2,
    revisionId: 9,
    reviewId: 3,
    by: { id: 3, name: '陈工' },
    isExisting: false,
    say: '每月二十号前到账。',
  },
})
const returned = view('returned', { steps: [step('returned', '是哪个月的补贴？')], may: ['facts'] })

let open: RaisingPage
let tell: (event: string) => Promise<void>
let stop: () => void

beforeEach(async () => {
  myQuestions.value = []
  chosenId.value = undefined
  chosenView.value = undefined
  open = openRaising()
  let stream: ReadableStreamDefaultController<Uint8Array> | undefined
  open.server['GET /api/events'] = () =>
    new Response(new ReadableStream({ start: controller => void (stream = controller) }))
  open.server['GET /api/questions'] = url =>
    url.searchParams.get('state') === 'open'
      ? { total: 1, questions: [own('returned')] }
      : { total: 0, questions: [] }
  stop = followMyQuestions()
  await flushPromises()
  tell = async event => {
    const told = { id: 1, event, subject: 'question:40', title: null, at: '', read: false }
    stream?.enqueue(new TextEncoder().encode(`id: 1\nevent: ${event}\ndata: ${JSON.stringify(told)}\n\n`))
    await vi.waitFor(() => expect(questionNews.value).toHaveLength(1))
  }
})
afterEach(() => {
  stop()
  open.close()
})

const run = async (id: string) => {
  await deskCommand(id).run()
  await flushPromises()
}

describe('what came of a question', () => {
  it('is told quietly, and one key opens the answer', async () => {
    open.server['GET /api/questions/40'] = () => answered
    expect(deskCommand('questionNews').when()).toBe(false)
    await tell('question.answered')
    expect(questionNews.value[0]).toEqual({
      key: 'question.news.answered',
      id: 40,
      words: '光伏补贴怎么还没到',
    })
    expect(document.activeElement?.id).toBe('before')
    await run('questionNews')
    expect([shown.value?.id, questionNews.value]).toEqual([2, []])
  })

  it('that was returned is supplemented right there', async () => {
    open.server['GET /api/questions/40'] = () => returned
    open.server['POST /api/questions/40/facts'] = () => ({ state: 'routed' })
    await tell('question.returned')
    await run('questionNews')
    expect(open.page.text()).toContain('陈工请您补充： 是哪个月的补贴？')
    await press('Enter')
    expect(document.activeElement?.id).toBe('question-facts')
    await open.page.find('textarea').setValue('九月的')
    await open.page.find('textarea').trigger('keydown', { key: 'Enter', ctrlKey: true })
    await flushPromises()
    expect(open.asked.find(one => one.url.pathname.endsWith('/facts'))?.body).toEqual({ text: '九月的' })
  })

  it('that was refused shows the reason', async () => {
    open.server['GET /api/questions/40'] = () =>
      view('refused', { steps: [step('refused', '这件事归物业管。')] })
    await tell('question.refused')
    await run('questionNews')
    expect(open.page.text()).toContain('这件事归物业管。')
  })
})

describe('one’s own questions', () => {
  it('are a list by keyboard, closed by Esc', async () => {
    open.server['GET /api/questions/40'] = () => returned
    await run('myQuestions')
    expect(open.page.findAll('[role=option]').map(one => one.text())).toEqual([
      expect.stringContaining('要补充'),
    ])
    await press('Escape')
    expect([face.value, document.activeElement?.id]).toEqual([undefined, 'before'])
  })

  it('are where a message leads', async () => {
    open.server['GET /api/questions/40'] = () => answered
    await openAddress('/desk?question=40')
    await flushPromises()
    expect([face.value, chosenId.value]).toEqual(['mine', 40])
  })

  it('that were answered open by Enter', async () => {
    open.server['GET /api/questions/40'] = () => answered
    await openAddress('/desk?question=40')
    await flushPromises()
    await press('Enter')
    expect(shown.value?.id).toBe(2)
  })
})
