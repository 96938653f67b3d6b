import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { NOTIFICATION_EVENTS } from '#server/contract/lists.ts'
import type { Digest } from '#server/contract/notification.ts'
import { digestMail } from '#server/notifications/mail-text.ts'
import zhCN from '../../../web/app/locales/zh-CN.json' with { type: 'json' }
import { digest, digestFailure, loadDigest, loadRest, turnDay } from '../../../web/notifications/digest.ts'
import { problem, stubServer } from '../server-stub.ts'
import { told } from './stream.ts'

const group = { event: 'review.opened' as const, count: 22, notifications: [told(22), told(21)] }
const DAYS: Record<string, Digest> = {
  '2026-11-22': { day: '2026-11-22', earlier: '2026-11-19', later: null, total: 22, groups: [group] },
  '2026-11-19': { day: '2026-11-19', earlier: null, later: '2026-11-22', total: 0, groups: [] },
}
const queries: string[] = []

beforeEach(async () => {
  queries.length = 0
  stubServer({
    'GET /api/digest': ({ searchParams }) => DAYS[searchParams.get('day') ?? '2026-11-22'],
    'GET /api/notifications': ({ search }) => {
      queries.push(search)
      return { total: 22, unread: 0, notifications: [told(21), told(20), told(19)] }
    },
  })
  await loadDigest()
})
afterEach(() => vi.unstubAllGlobals())

it('begins with today and turns to the nearest days with anything', async () => {
  expect(digest.value?.day).toBe('2026-11-22')
  await turnDay('later')
  expect(digest.value?.day).toBe('2026-11-22')
  await turnDay('earlier')
  expect(digest.value?.day).toBe('2026-11-19')
  await turnDay('later')
  expect(digest.value?.day).toBe('2026-11-22')
})

it('reads a group on where the day breaks off, and shows nothing twice', async () => {
  await loadRest('review.opened')
  expect(queries).toEqual(['?day=2026-11-22&event=review.opened&limit=50&offset=2'])
  expect(digest.value?.groups[0]?.notifications.map(one => one.id)).toEqual([22, 21, 20, 19])
})

it('keeps the day that is shown when another cannot be read', async () => {
  stubServer({ 'GET /api/digest': () => problem('server.fault', 500) })
  await turnDay('earlier')
  expect([digest.value?.day, digestFailure.value === undefined]).toEqual(['2026-11-22', false])
})

it('words every event as the mail does', () => {
  const words = new Map<string, string>(Object.entries(zhCN))
  for (const event of NOTIFICATION_EVENTS) {
    const groups = [{ event, count: 1, notifications: [told(1, { event, title: null })] }]
    const { text } = digestMail('陈曦', { ...DAYS['2026-11-22']!, groups })
    expect(text).toContain(`\n${words.get(`notifications.event.${event}`)}（1）\n`)
    expect(text).toContain(words.get('notifications.gone'))
  }
})
