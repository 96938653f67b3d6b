import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { toasts } from '../../../web/ui/toasts.ts'
import { problem } from '../server-stub.ts'
import { open, pause, run, serve } from './desk.ts'
import { answer, view } from './sample.ts'

let assign: ReturnType<typeof vi.spyOn>
beforeEach(() => (assign = vi.spyOn(location, 'assign').mockReturnValue(undefined)))
afterEach(async () => {
  await flushPromises()
  document.body.innerHTML = ''
  localStorage.clear()
  sessionStorage.clear()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const SAY = '并网验收应在五个工作日内上门，超期的我马上为您催办。'

describe('a short answer', () => {
  it('goes to the committee with what was written, the rest filled from the question', async () => {
    let isSent = false
    const { asked } = serve({
      'GET /api/questions/1': () => view(1, isSent ? { state: 'in_review', answer: answer(), may: [] } : {}),
      'POST /api/questions/1/answer': () => {
        isSent = true
        return { entryId: 41, revisionId: 51, reviewId: 61 }
      },
    })
    const page = await open('/questions/1')
    expect(await run('sendAnswer')).toBe(false)
    await page.find('#question-say').setValue(`${SAY} `)
    expect(page.find('.meter').text()).toContain(`${SAY.length + 1} / 200`)
    await run('sendAnswer')
    expect(asked.find(one => one.method === 'POST')?.body).toEqual({ say: SAY })
    expect(toasts.value[0]).toMatchObject({ key: 'questions.toast.answered', commands: ['answerReview'] })
    expect(localStorage.getItem('firstline.answer.9.1')).toBeNull()
    await run('answerReview')
    expect(assign).toHaveBeenCalledWith('/reviews/61')
    page.unmount()
  })

  it('that is refused says why by field, and keeps every word', async () => {
    serve({
      'POST /api/questions/1/answer': () =>
        problem('revision.incomplete', 422, { fields: [{ path: 'topic', message: 'required' }] }),
    })
    const page = await open('/questions/1')
    await page.find('#question-say').setValue(SAY)
    await run('sendAnswer')
    expect(page.find('.form-failure').text()).toContain('主题还没写。')
    expect(page.find<HTMLTextAreaElement>('#question-say').element.value).toBe(SAY)
    page.unmount()
  })

  it('to a question a colleague has says who, and keeps every word', async () => {
    let isTaken = false
    serve({
      'GET /api/questions/1': () =>
        view(1, isTaken ? { state: 'taken', taker: { id: 8, name: '吴宁' } } : {}),
      'POST /api/questions/1/answer': () => {
        isTaken = true
        return problem('question.taken', 409)
      },
    })
    const page = await open('/questions/1')
    await page.find('#question-say').setValue(SAY)
    await run('sendAnswer')
    expect(page.find('.form-failure').text()).toContain('现在由吴宁在办')
    expect(localStorage.getItem('firstline.answer.9.1')).toContain(SAY)
    page.unmount()
  })

  it('outlives a lost connection, a sign-out and a reload, each question its own', async () => {
    serve({
      'POST /api/questions/1/answer': () => {
        throw new TypeError('no network')
      },
    })
    const before = await open('/questions/1')
    await before.find('#question-say').setValue(SAY)
    await run('sendAnswer')
    before.unmount()
    sessionStorage.clear()
    const page = await open('/questions/1')
    const said = () => page.find<HTMLTextAreaElement>('#question-say').element.value
    expect(said()).toBe(SAY)
    await run('nextQuestion')
    await pause()
    await flushPromises()
    expect(said()).toBe('')
    page.unmount()
  })

  it('of another person on the same computer is not shown, nor one of long ago', async () => {
    const words = { mode: 'new', say: SAY, body: '', standardQuestion: '', topic: '', basis: [], entry: null }
    localStorage.setItem('firstline.answer.8.1', JSON.stringify({ words, at: Date.now() }))
    localStorage.setItem('firstline.answer.9.1', JSON.stringify({ words, at: 1 }))
    serve()
    const page = await open('/questions/1')
    expect(page.find<HTMLTextAreaElement>('#question-say').element.value).toBe('')
    expect(localStorage.getItem('firstline.answer.9.1')).toBeNull()
    expect(localStorage.getItem('firstline.answer.8.1')).not.toBeNull()
    page.unmount()
  })
})

describe('the full form', () => {
  it('opens with a draft of the question that has what was typed here', async () => {
    const revision = {
      id: 51,
      entryId: 41,
      version: 3,
      kind: 'answer',
      category: '供电服务',
      topic: '分布式光伏',
      ownerDepartment: 'market',
      standardQuestion: '光伏验收没人来',
      similarQuestions: ['没人上门'],
      say: '',
      body: '',
      basis: [],
      scope: {},
    }
    const { asked } = serve({
      'POST /api/questions/1/draft': () => ({ entryId: 41, revisionId: 51 }),
      'GET /api/revisions/51': () => revision,
      'PUT /api/revisions/51': () => ({ version: 4 }),
    })
    const page = await open('/questions/1')
    await page.find('#question-say').setValue(SAY)
    await run('writeInFull')
    await flushPromises()
    const put = asked.find(one => one.method === 'PUT')
    expect(put?.body).toMatchObject({
      say: SAY,
      similarQuestions: ['没人上门'],
      standardQuestion: '光伏验收没人来',
    })
    expect(assign).toHaveBeenCalledWith('/entries/revisions/51')
    page.unmount()
  })

  it('saves nothing when nothing was typed', async () => {
    const { asked } = serve({ 'POST /api/questions/1/draft': () => ({ entryId: 41, revisionId: 51 }) })
    const page = await open('/questions/1')
    await run('writeInFull')
    expect(asked.some(one => one.method === 'PUT')).toBe(false)
    expect(assign).toHaveBeenCalledWith('/entries/revisions/51')
    page.unmount()
  })

  it('mends what the committee sent back of an entry in force where it is', async () => {
    const back = {
      kind: 'answer_returned' as const,
      at: '2026-09-01T02:00:00.000Z',
      by: null,
      department: null,
      reason: '缺时限',
      otherId: null,
    }
    const { asked } = serve({
      'GET /api/questions/1': () =>
        view(1, { state: 'taken', answer: answer({ isExisting: true }), steps: [back] }),
    })
    const page = await open('/questions/1')
    await run('writeInFull')
    expect(asked.some(one => one.method === 'POST')).toBe(false)
    expect(assign).toHaveBeenCalledWith('/entries/revisions/51')
    page.unmount()
  })
})
