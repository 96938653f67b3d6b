import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { missingIn } from '../../../web/questions/wordings.ts'
import { toasts } from '../../../web/ui/toasts.ts'
import { open, pause, run, serve } from './desk.ts'
import { view } from './sample.ts'

const entry = {
  id: 31,
  title: '光伏并网要多久',
  similarQuestions: ['光伏验收，没有人上门？'],
  say: '五个工作日。',
}
const asking = (text: string) => ({ ...view(1).askings[0]!, text })

afterEach(async () => {
  await flushPromises()
  document.body.innerHTML = ''
  localStorage.clear()
  vi.unstubAllGlobals()
})

describe('an entry that answers already', () => {
  it('is found near first, by keys, says which wordings it gains, and answers', async () => {
    const { asked } = serve({
      'GET /api/entries/31': () => entry,
      'POST /api/questions/1/answer': () => ({ entryId: 31, revisionId: 51, reviewId: null }),
    })
    const page = await open('/questions/1')
    await run('pointToEntry')
    await pause()
    await flushPromises()
    const box = page.find('#question-entry')
    expect(page.findAll('.point [role=option]').map(one => one.find('b').text())).toEqual(['光伏并网要多久'])
    await box.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(page.findAll('.pointed li').map(one => one.text())).toEqual([`＋ ${view(1).text}`])
    await run('sendAnswer')
    expect(asked.find(one => one.method === 'POST')?.body).toEqual({ entryId: 31 })
    expect(toasts.value[0]?.key).toBe('questions.toast.atOnce')
    page.unmount()
  })

  it('gains no wording that differs only in width, case, spaces or punctuation', () => {
    const held = { title: 'ＵＰＳ 能用吗？', similarQuestions: [] }
    expect(missingIn(held, [asking('ups能用吗'), asking('UPS 要报备吗'), asking('UPS要报备吗？')])).toEqual([
      'UPS 要报备吗',
    ])
  })
})
