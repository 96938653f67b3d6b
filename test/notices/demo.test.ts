import { expect, test } from 'vitest'
import { createDemoNotices, noticesInForce } from '#server/notices/index.ts'
import { NOTICE_KINDS } from '#server/contract/lists.ts'
import { lacksNextUpdate, timeFaults } from '#server/notices/rules.ts'
import { openDb, write } from '#server/platform/db/db.ts'
import { DAY } from '#server/platform/kernel/clock.ts'
import { NOW } from '../support/app.ts'

const started = (at: number) => {
  const db = openDb(':memory:')
  write(db, tx => createDemoNotices(tx, at))
  return db
}

const ms = (instant: string | null) => (instant === null ? null : Date.parse(instant))

const hours = (at: number) => noticesInForce(started(at), at).map(one => Date.parse(one.endsAt) - at)

test('the demo has a dozen notices of every kind, some active, some to come', () => {
  const notices = noticesInForce(started(NOW), NOW)
  expect(notices.length).toBeGreaterThanOrEqual(12)
  expect(new Set(notices.map(notice => notice.kind))).toEqual(new Set(NOTICE_KINDS))
  expect(new Set(notices.map(notice => notice.state))).toEqual(new Set(['active', 'upcoming']))
})

test('its times are relative to its start', () => {
  expect(hours(NOW + 40 * DAY)).toEqual(hours(NOW))
})

test('each could have been posted by hand', () => {
  for (const notice of noticesInForce(started(NOW), NOW)) {
    const times = { estimate: ms(notice.estimate), nextUpdateAt: ms(notice.nextUpdateAt) }
    const span = { startsAt: Date.parse(notice.startsAt), endsAt: Date.parse(notice.endsAt) }
    expect(timeFaults({ ...times, ...span }, NOW), notice.title).toEqual([])
    expect(lacksNextUpdate({ kind: notice.kind, ...times }), notice.title).toBe(false)
    expect([...notice.say].length, notice.title).toBeLessThanOrEqual(200)
  }
})
