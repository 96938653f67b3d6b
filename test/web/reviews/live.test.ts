import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ReviewView } from '#server/contract/review.ts'
import { me, online } from '../../../web/api/index.ts'
import { i18n } from '../../../web/app/i18n.ts'
import ReviewPage from '../../../web/reviews/ReviewPage.vue'
import { dialog } from '../../../web/reviews/dialogs.ts'
import { GATHERING, followEvents, news } from '../../../web/reviews/live.ts'
import { openId } from '../../../web/reviews/place.ts'
import { loadQueue, reviews } from '../../../web/reviews/queue.ts'
import { review, showReview } from '../../../web/reviews/review.ts'
import { stubServer, type Asked } from '../server-stub.ts'
import { summary, view } from './sample.ts'

const cast = { department: 'safety', at: '2026-09-02T00:00:00.000Z', reason: null, round: 1 }
const approved = { ...cast, name: '吴宁', verdict: 'approve' as const }
let now: ReviewView | Error
let list: ReturnType<typeof summary>[]
let asked: Asked[]
let stop: () => void
let writer: WritableStreamDefaultWriter<Uint8Array>

const tell = async (subject: string, event = 'review.changed') => {
  const frame = `event: ${event}\ndata: ${JSON.stringify({ event, subject })}\n\n`
  void writer.write(new TextEncoder().encode(frame))
  await vi.advanceTimersByTimeAsync(GATHERING)
  await flushPromises()
}
const readings = (path: string) => asked.filter(one => one.url.pathname === path).length

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  sessionStorage.clear()
  me.value = { id: 2, name: '赵岚', workNo: '2002', roles: ['reviewer'], department: 'market' }
  now = view(1)
  list = [summary(1)]
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  writer = writable.getWriter()
  ;({ asked } = stubServer({
    'GET /api/events': () => new Response(readable),
    'GET /api/review-counts': () => ({ departments: [] }),
    'GET /api/reviews/1': () => {
      if (now instanceof Error) throw now
      return now
    },
    'GET /api/reviews': url => {
      const at = Number(url.searchParams.get('offset'))
      return { total: list.length, reviews: list.slice(at, at + Number(url.searchParams.get('limit'))) }
    },
  }))
  openId.value = 1
  stop = followEvents()
  await showReview(1)
  await flushPromises()
})
afterEach(() => {
  stop()
  openId.value = null
  review.value = undefined
  reviews.value = []
  dialog.value = undefined
  online.value = true
  document.body.innerHTML = ''
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const show = () => mount(ReviewPage, { global: { plugins: [i18n] }, attachTo: document.body })

describe('when somebody votes on the review that is looked at', () => {
  it('the page says who, and counts the vote', async () => {
    const page = show()
    now = view(1, { votes: [approved] })
    await tell('review:1')
    expect(page.find('.news[role=status]').text()).toContain('吴宁 刚刚通过。')
    expect(page.find('.record').text()).toContain('吴宁')
    page.unmount()
  })

  it('words being typed and the focus stay, also when one may no longer vote', async () => {
    const page = show()
    dialog.value = 'return'
    await flushPromises()
    const box = page.find('textarea')
    await box.setValue('口径太长，')
    box.element.focus()
    box.element.setSelectionRange(2, 2)
    now = view(1, {
      state: 'returned',
      mayVote: false,
      votes: [{ ...approved, verdict: 'return', reason: '改' }],
    })
    await tell('review:1')
    expect(page.find('.news').text()).toContain('吴宁 刚刚退回。')
    expect(page.find('textarea').element).toBe(box.element)
    expect(document.activeElement).toBe(box.element)
    expect([box.element.value, box.element.selectionStart]).toEqual(['口径太长，', 2])
    page.unmount()
  })

  it('the focus of a button that is gone goes to the text', async () => {
    const page = show()
    page.find<HTMLElement>('.decision-pane .buttons .main').element.focus()
    now = view(1, { state: 'approved', mayVote: false, votes: [approved] })
    await tell('review:1')
    expect(document.activeElement?.classList).toContain('reading-pane')
    page.unmount()
  })
})

describe('news', () => {
  it('are of others, of remarks and withdrawals as well, and end with the review', async () => {
    const remark = { ...cast, name: '沈听', field: 'say' as const, paragraph: null, text: '短一点' }
    now = view(1, {
      votes: [{ ...approved, name: '赵岚' }],
      comments: [remark],
      withdrawals: [{ ...cast, name: '陈曦' }],
    })
    await tell('review:1')
    expect(news.value.map(one => [one.key, one.name])).toEqual([
      ['reviews.news.remark', '沈听'],
      ['reviews.news.withdraw', '陈曦'],
    ])
    review.value = view(2)
    await flushPromises()
    expect(news.value).toEqual([])
  })

  it('of another review read only the list, and many at once are read once', async () => {
    const before = readings('/api/reviews/1')
    const lists = readings('/api/reviews')
    void tell('review:7')
    void tell('review:8', 'review.opened')
    await tell('notice:3', 'notice.posted')
    expect(readings('/api/reviews/1')).toBe(before)
    expect(readings('/api/reviews') - lists).toBe(4)
  })

  it('take nothing away when the review cannot be read again', async () => {
    now = new TypeError('Failed to fetch')
    await tell('review:1')
    expect(review.value?.id).toBe(1)
  })
})

it('a list that was read on stays as long when it is read again', async () => {
  list = Array.from({ length: 70 }, (_one, index) => summary(index + 1))
  reviews.value = list.slice(0, 60)
  await loadQueue()
  expect(reviews.value).toHaveLength(70)
  list = list.slice(1)
  await tell('review:1')
  expect(reviews.value[0]?.id).toBe(2)
  expect(reviews.value).toHaveLength(69)
})
