import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { NotificationList, NotificationView } from '#server/contract/notification.ts'
import {
  arrivals,
  followNotifications,
  hasMore,
  isRead,
  loadMore,
  loadNotifications,
  notifications,
  readAll,
  readOne,
  total,
  unread,
} from '../../../web/notifications/notifications.ts'
import { later, settle, stubServer, type Asked } from '../server-stub.ts'
import { eventStream, told } from './stream.ts'

let asked: Asked[]
let stream: ReturnType<typeof eventStream>
/** What the server has, the latest first. */
let there: NotificationView[]
let answer: (page: NotificationList) => unknown
let stop = () => {}
/** Ids grow from test to test, as they do for a page that stays open. */
let base = 0

const ids = () => notifications.value.map(one => one.id - base)
const count = () => there.filter(one => !one.read).length

beforeEach(async () => {
  base += 1000
  there = [3, 2, 1].map(id => told(base + id))
  answer = page => page
  stream = eventStream()
  notifications.value = []
  const read = (which: (one: NotificationView) => boolean) => {
    there = there.map(one => (which(one) ? { ...one, read: true } : one))
    return { unread: count() }
  }
  ;({ asked } = stubServer({
    'GET /api/events': stream.answer,
    'GET /api/notifications': ({ searchParams }) => {
      const [offset, limit] = [Number(searchParams.get('offset')), Number(searchParams.get('limit'))]
      const page = there.slice(offset, offset + limit)
      return answer({ total: there.length, unread: count(), notifications: page })
    },
    [`PUT /api/notifications/${base + 2}/reading`]: () => read(one => one.id === base + 2),
    'PUT /api/notifications/readings': (_url, init) => {
      const { upTo } = JSON.parse(String(init.body)) as { upTo: number }
      return read(one => one.id <= upTo)
    },
  }))
  stop = followNotifications()
  await settle()
})
afterEach(() => {
  stop()
  vi.unstubAllGlobals()
})

describe('what one was told', () => {
  it('is there from the start, the latest first, with the number of unread', () => {
    expect([ids(), total.value, unread.value]).toEqual([[3, 2, 1], 3, 3])
  })

  it('grows as the server tells it, and counts each once', async () => {
    const before = arrivals.value
    await stream.send(told(base + 4))
    await stream.send(told(base + 4))
    expect([ids(), total.value, unread.value, arrivals.value - before]).toEqual([[4, 3, 2, 1], 4, 4, 1])
  })

  it('is not changed by a passing word that is no notification', async () => {
    await stream.send({ event: 'review.changed', subject: 'review:3' })
    expect([ids(), unread.value]).toEqual([[3, 2, 1], 3])
  })

  it('keeps what came while the list was on its way', async () => {
    const { promise, give } = later<void>()
    answer = async page => {
      await promise
      return page
    }
    const loading = loadNotifications()
    await settle()
    await stream.send(told(base + 4))
    give()
    await loading
    expect([ids(), total.value, unread.value]).toEqual([[4, 3, 2, 1], 4, 4])
  })

  it('is read on where it ends, and stays when the latest is read anew', async () => {
    there = Array.from({ length: 40 }, (_, index) => told(base + 40 - index))
    notifications.value = []
    await loadNotifications()
    expect([notifications.value.length, hasMore.value]).toEqual([30, true])
    await loadMore()
    await loadNotifications()
    expect([notifications.value.length, hasMore.value]).toEqual([40, false])
    expect(new Set(ids()).size).toBe(40)
  })
})

describe('reading', () => {
  it('one is sent to the server, once', async () => {
    const second = notifications.value[1]!
    await readOne(second)
    await readOne(second)
    expect([notifications.value.map(isRead), unread.value]).toEqual([[false, true, false], 2])
    expect(asked.filter(one => one.method === 'PUT')).toHaveLength(1)
  })

  it('all leaves unread what comes after', async () => {
    await readAll()
    await stream.send(told(base + 4))
    expect([notifications.value.map(isRead), unread.value]).toEqual([[false, true, true, true], 1])
  })

  it('in another window is seen when one comes back to this one', async () => {
    there = there.map(one => ({ ...one, read: true }))
    document.dispatchEvent(new Event('visibilitychange'))
    await settle()
    expect(unread.value).toBe(0)
  })
})
