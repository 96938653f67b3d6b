import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { NoticeView } from '#server/contract/notice.ts'
import { area } from '../../web/desk/call.ts'
import {
  areaNotices,
  followNotices,
  isUpdateOverdue,
  loadNotices,
  stateAt,
  strip,
} from '../../web/desk/notices.ts'
import { now } from '../../web/ui/now.ts'
import { eventStream, told } from './notifications/stream.ts'
import { settle, stubServer } from './server-stub.ts'

const NOON = Date.parse('2026-09-16T12:00:00+08:00')
const at = (minutes: number) => new Date(NOON + minutes * 60_000).toISOString()
const notice = (id: number, from: number, to: number, more: Partial<NoticeView> = {}): NoticeView => ({
  id,
  kind: 'fault',
  title: `故障停电 · 东城区 ${id}`,
  areas: ['东城区'],
  line: null,
  reason: null,
  say: '正在抢修。',
  startsAt: at(from),
  endsAt: at(to),
  estimate: null,
  nextUpdateAt: null,
  postedAt: at(from),
  postedBy: '',
  state: 'active',
  ...more,
})
/** In the order of the server: the next to end first. */
const POSTED = [notice(2, -60, 1), notice(3, -30, 90), notice(1, 60, 120)]

beforeEach(async () => {
  stubServer({ 'GET /api/notices': () => ({ total: POSTED.length, notices: POSTED }) })
  now.value = NOON
  area.value = '东城区'
  await loadNotices()
})
afterEach(() => vi.unstubAllGlobals())

describe('notices on the desk', () => {
  it('put what is in force above the results, by the clock and not by what was said when it was read', () => {
    expect(strip.value.map(one => one.id)).toEqual([2, 3])
    expect(areaNotices.value.map(one => one.id)).toEqual([2, 3, 1])
  })

  it('lapse and begin by themselves', () => {
    now.value = NOON + 61_000
    expect(strip.value.map(one => one.id)).toEqual([3])
    now.value = NOON + 61 * 60_000
    expect(strip.value.map(one => one.id)).toEqual([3, 1])
    now.value = NOON + 200 * 60_000
    expect(areaNotices.value).toEqual([])
  })

  it('claim nothing about a caller whose area is not known', () => {
    area.value = ''
    expect(strip.value).toEqual([])
  })

  it('end at their end, not a moment after', () => {
    expect(stateAt(notice(1, -1, 0), NOON)).toBe('ended')
    expect(stateAt(notice(1, 0, 1), NOON)).toBe('active')
  })

  it('say when the promised word is late', () => {
    expect(isUpdateOverdue(notice(1, -9, 9, { nextUpdateAt: at(-1) }), NOON)).toBe(true)
    expect(isUpdateOverdue(notice(1, -9, 9, { nextUpdateAt: at(1) }), NOON)).toBe(false)
    expect(isUpdateOverdue(notice(1, -9, 9), NOON)).toBe(false)
  })

  it('are there as soon as the server tells of one, whatever happened to it; nothing else asks for them', async () => {
    const stream = eventStream()
    const posted = [...POSTED]
    const { asked } = stubServer({
      'GET /api/events': stream.answer,
      'GET /api/notices': () => ({ total: posted.length, notices: posted }),
    })
    const stop = followNotices()
    await settle()
    posted.push(notice(9, -1, 60))
    await stream.send(told(1))
    expect(asked.filter(one => one.url.pathname === '/api/notices')).toHaveLength(1)
    for (const event of ['notice.posted', 'notice.updated', 'notice.ended'])
      await stream.send({ ...told(2), event })
    await settle()
    expect(asked.filter(one => one.url.pathname === '/api/notices')).toHaveLength(4)
    expect(strip.value.map(one => one.id)).toContain(9)
    stop()
  })
})
