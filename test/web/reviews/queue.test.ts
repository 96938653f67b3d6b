import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openId } from '../../../web/reviews/place.ts'
import { queueCommands } from '../../../web/reviews/queue-commands.ts'
import * as queue from '../../../web/reviews/queue.ts'
import { problem, settle, stubServer, type Asked } from '../server-stub.ts'
import { summary } from './sample.ts'

let asked: Asked[]
let stop: () => void
const lists: Record<string, ReturnType<typeof summary>[]> = {}

const run = (id: string, event?: KeyboardEvent) => queueCommands.find(one => one.id === id)?.run(event)

beforeEach(async () => {
  Object.assign(lists, {
    mine: [summary(1), summary(2), summary(3)],
    in_review: Array.from({ length: 60 }, (_one, index) => summary(index + 1)),
    returned: [summary(90, { state: 'returned' })],
    approved: [],
  })
  ;({ asked } = stubServer({
    'GET /api/reviews': url => {
      const all = lists[url.searchParams.get('mine') ? 'mine' : (url.searchParams.get('state') ?? '')] ?? []
      const at = Number(url.searchParams.get('offset'))
      return { total: all.length, reviews: all.slice(at, at + Number(url.searchParams.get('limit'))) }
    },
  }))
  queue.tab.value = 'mine'
  stop = queue.followTab()
  await queue.loadQueue()
})
afterEach(() => {
  stop()
  queue.picked.value = new Set()
  queue.chosen.value = -1
  openId.value = null
  vi.unstubAllGlobals()
})

describe('the queue', () => {
  it('begins with what waits for me, the first due chosen', () => {
    expect(queue.reviews.value.map(one => one.id)).toEqual([1, 2, 3])
    expect(queue.chosen.value).toBe(0)
    expect(asked[0]?.url.searchParams.get('mine')).toBe('true')
  })

  it('says how many each list has', () => {
    expect(queue.totals.value).toEqual({ mine: 3, in_review: 60, returned: 1, approved: 0 })
  })

  it('opens the chosen one with Enter', () => {
    queue.choose(1)
    run('open')
    expect(openId.value).toBe(2)
    expect(location.pathname).toBe('/reviews/2')
  })

  it('changes the list with a figure, also of a full-width keyboard', async () => {
    run('reviewTabs', new KeyboardEvent('keydown', { key: '３' }))
    expect(queue.tab.value).toBe('returned')
    await settle()
    await settle()
    expect(queue.reviews.value.map(one => one.id)).toEqual([90])
  })

  it('reads on when the choice comes to the end', async () => {
    queue.tab.value = 'in_review'
    await settle()
    await settle()
    expect(queue.reviews.value).toHaveLength(50)
    queue.choose(49)
    await settle()
    expect(queue.reviews.value).toHaveLength(60)
    queue.choose(100)
    expect(queue.chosen.value).toBe(59)
  })

  it('keeps the choice on its review when others went', async () => {
    queue.choose(2)
    lists.mine = [summary(2), summary(3)]
    await queue.loadQueue()
    expect(queue.chosenReview.value?.id).toBe(3)
  })

  it('picks open reviews only, and drops what is gone from the list', async () => {
    run('pick')
    queue.pick(summary(90, { state: 'returned' }))
    expect([...queue.picked.value]).toEqual([1])
    lists.mine = [summary(2)]
    await queue.loadQueue()
    expect(queue.picked.value.size).toBe(0)
  })

  it('keeps what it read and says why when the list cannot be read', async () => {
    stubServer({ 'GET /api/reviews': () => problem('right.missing', 403) })
    await queue.loadQueue()
    expect(queue.failure.value).toMatchObject({ code: 'right.missing' })
    expect(queue.reviews.value).toHaveLength(3)
  })

  it('counts as overdue what is open and past its date', () => {
    const past = new Date(Date.now() - 1000).toISOString()
    expect(queue.isOverdue(summary(1, { dueAt: past }), Date.now())).toBe(true)
    expect(queue.isOverdue(summary(1, { dueAt: past, state: 'approved' }), Date.now())).toBe(false)
    expect(queue.isOverdue(summary(1), Date.now())).toBe(false)
  })
})
