import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { ScriptView } from '#server/contract/script-views.ts'
import type { TaskList } from '#server/contract/upkeep.ts'
import { untold } from '#server/audit/index.ts'
import { entryLedger, publishRevision } from '#server/entries/index.ts'
import { write } from '#server/platform/db/db.ts'
import { DAY, HOUR, iso } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { toldTo } from '../notifications/journey.ts'
import { POLICY } from '../support/committee.ts'
import { publishScript, saying, scriptText } from '../support/scripting.ts'

const TITLE = '停电药坏了赔不赔？'

let t: TestApp
let agent: Client
let expert: Client
let quoted: number
let script: number
beforeEach(async () => {
  t = await makeApp()
  onTestFinished(t.close)
  agent = await t.signIn('agent')
  expert = await t.signIn('expert', 'service')
  quoted = t.build.entry({ standardQuestion: TITLE }, 'outage-medicine')
  script = publishScript(t, saying('我给您念一下规定：[[entry:outage-medicine@1]]'))
  publishScript(t, { ...saying('谢谢您的来电。'), title: '没有引用的话术' })
})

const change = (text = {}) =>
  t.build.publish(t.build.revision(quoted, { standardQuestion: TITLE, say: '口径改了。', ...text }))
const tasks = async () => (await expert.get('/api/tasks')).json<TaskList>().tasks
const view = async () => (await agent.get(`/api/scripts/${script}`)).json<ScriptView>()
const told = async (client = expert) =>
  (await toldTo(client)).filter(one => one.event === 'quote.updated').map(one => one.subject)
const end = async (words = '说法不用改。') => {
  const [task] = await tasks()
  return expert.put(`/api/tasks/${task?.id}/ending`, { words })
}

test('a quoted entry that changed makes a task for the owner of the script, a label, and a message', async () => {
  expect([await tasks(), (await view()).labels]).toEqual([[], []])
  change()
  expect((await view()).labels).toEqual(['引用已更新'])
  expect((await view()).quotes).toMatchObject([
    { pinned: 1, current: 2, state: 'changed', say: '口径改了。' },
  ])
  expect(await tasks()).toEqual([
    expect.objectContaining({
      kind: 'quote_updated',
      department: 'service',
      entry: expect.objectContaining({ id: script }),
      quote: { id: quoted, title: TITLE, revision: 2 },
      raisedBy: null,
      dueAt: iso(NOW + 14 * DAY),
    }),
  ])
  expect(await told()).toEqual([`entry:${script}`])
  expect(await told(await t.signIn('expert', 'market'))).toEqual([])
  expect(await told(agent)).toEqual([])
  const hits = (await agent.get(`/api/search?q=${encodeURIComponent('没有引用的话术')}`)).json().hits
  expect(hits.map((hit: { labels: string[] }) => hit.labels)).not.toContainEqual(['引用已更新'])
})

test('where the policy says so agents no longer find it; ending the task brings it back', async () => {
  const chair = await t.signIn('chair')
  await chair.put('/api/policies', { ...POLICY, kind: 'script', hideSuperseded: true })
  change()
  expect((await agent.get(`/api/scripts/${script}`)).statusCode).toBe(404)
  expect(await told()).toEqual([`entry:${script}`])
  expect((await end()).statusCode).toBe(204)
  expect((await view()).labels).toEqual([])
})

test('a retired or expired entry is gone from its quotes', async () => {
  t.build.retire(quoted)
  expect((await view()).quotes).toMatchObject([{ state: 'gone', say: null }])
  expect(await tasks()).toMatchObject([{ kind: 'quote_updated', quote: { id: quoted, revision: null } }])
  quoted = t.build.entry({ validUntil: NOW + HOUR }, 'expiring')
  const other = publishScript(t, saying('[[entry:expiring@1]]'))
  expect(await tasks()).toHaveLength(1)
  t.clock.now += HOUR
  expect((await tasks()).map(one => one.entry.id)).toEqual([script, other])
})

test('what comes into force by the clock is noticed then, and not before', async () => {
  change({ validFrom: NOW + HOUR })
  expect(await tasks()).toEqual([])
  t.clock.now += HOUR
  expect((await view()).labels).toEqual(['引用已更新'])
})

test('a task that was ended with words holds until the next change', async () => {
  change()
  await end()
  expect([await tasks(), (await view()).labels]).toEqual([[], []])
  leaveCheck()
  expect(await tasks()).toEqual([])
  change()
  expect(await tasks()).toMatchObject([{ quote: { revision: 3 } }])
  expect(await told()).toHaveLength(2)
})

test('one more change while it is open is one more task instead of it, due when the first was', async () => {
  change()
  const [first] = await tasks()
  t.clock.now += HOUR
  change()
  const [second, ...others] = await tasks()
  expect([second?.id === first?.id, others]).toEqual([false, []])
  expect(second).toMatchObject({ dueAt: first?.dueAt, quote: { revision: 3 } })
})

test('a task is over when what was reviewed is in force again', async () => {
  const fast = { until: NOW + HOUR, reason: '抢修口径急需' }
  const revisionId = t.build.revision(quoted, { say: '先这样说。' })
  write(t.db, tx => publishRevision(tx, NOW, revisionId, [], fast))
  expect(await tasks()).toHaveLength(1)
  t.clock.now += HOUR
  expect([await tasks(), (await view()).labels]).toEqual([[], []])
  expect(await told()).toHaveLength(1)
})

test('a new revision of the script with fresh quotes ends it', async () => {
  change()
  expect(await tasks()).toHaveLength(1)
  t.build.publish(t.build.revision(script, scriptText(saying('[[entry:outage-medicine@2]]'))))
  expect([await tasks(), (await view()).labels]).toEqual([[], []])
})

test('a script that comes into force with a quote that is no longer current is noticed too', async () => {
  change()
  const late = publishScript(t, saying(`[[entry:${quoted}@1]]`))
  const fresh = publishScript(t, saying(`[[entry:${quoted}@2]]`))
  const found = (await tasks()).map(one => one.entry.id)
  expect([found.includes(late), found.includes(fresh)]).toEqual([true, false])
})

/** As after a crash before the row was taken away. */
const leaveCheck = () =>
  t.db.$client.exec(
    `insert into outbox (effect, subject, created_at) values ('quotes.check', '${quoted}', 0)`,
  )

test('what was not looked at before a crash is, and what was looked at twice is one task and one message', async () => {
  change()
  leaveCheck()
  leaveCheck()
  expect(await tasks()).toHaveLength(1)
  leaveCheck()
  t.db.$client.exec("delete from setting where name = 'quotes_checked_until'")
  expect(await tasks()).toHaveLength(1)
  expect(await told()).toHaveLength(1)
  expect(
    t.db.$client.prepare("select count(*) from outbox where effect = 'quotes.check'").pluck().get(),
  ).toBe(0)
})

test('every task is on the audit trail, opened and ended by the service among them', async () => {
  change()
  await tasks()
  change()
  await tasks()
  expect(untold(t.db, [entryLedger])).toEqual([])
})
