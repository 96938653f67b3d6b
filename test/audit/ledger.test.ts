import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { untold } from '#server/audit/index.ts'
import { entryLedger } from '#server/entries/index.ts'
import { HOUR } from '#server/platform/kernel/clock.ts'
import { noteOf, readNote } from '#server/platform/kernel/ledger.ts'
import { reviewLedger } from '#server/reviews/index.ts'
import { makeApp, NOW, type TestApp } from '../support/app.ts'
import { approve, begin, open, POLICY, save, submit, vote } from '../support/committee.ts'

let t: TestApp
beforeAll(async () => {
  t = await makeApp()
  await life()
  t.db.$client.pragma('foreign_keys = off')
})
afterAll(() => t.close())
beforeEach(() => {
  t.db.$client.exec('begin')
  onTestFinished(() => void t.db.$client.exec('rollback'))
})

const differences = () => untold(t.db, [entryLedger, reviewLedger])
const TRIGGERS = ['audit_stays', 'vote_stays', 'vote_kept', 'publication_kept', 'published_revision_stays']
const tamper = (statement: string) => {
  for (const trigger of TRIGGERS) t.db.$client.exec(`drop trigger ${trigger}`)
  t.db.$client.exec(statement)
}

/** Review 1 is returned after a fast lane, and opened again; review 3 published entry 2, and review 4 retired it. */
async function life(): Promise<void> {
  const [expert, chair] = [await t.signIn('expert'), await t.signIn('chair')]
  const [market, service] = [await t.signIn('reviewer', 'market'), await t.signIn('reviewer', 'service')]
  await chair.put('/api/policies', { ...POLICY, minimum: 1 })
  await chair.put('/api/policies', POLICY)
  const { reviewId, revisionId } = await submit(t)
  await market.post(`/api/reviews/${reviewId}/comments`, { field: 'say', text: '再短一点。' })
  await service.post(`/api/reviews/${reviewId}/departments`, { department: 'safety' })
  await market.post(`/api/reviews/${reviewId}/fast-lane`, { hours: 24, reason: '抢修口径急需' })
  await vote(service, reviewId)
  t.clock.now += HOUR
  await vote(market, reviewId, 'return', '写明依据。')
  const revised = await expert.post('/api/entries/1/revisions')
  await save(t, expert, revised.json<{ revisionId: number }>().revisionId, { say: '改过的口径。' })
  await open(expert, revised.json<{ revisionId: number }>().revisionId)
  expect(revisionId).toBe(1)
  const second = await submit(t)
  await approve(t, second.reviewId)
  for (const kind of ['wrong', 'unclear'])
    await market.post(`/api/entries/${second.id}/feedback`, { kind, words: '找不到' })
  await market.put('/api/tasks/1/ending', { words: '已说明' })
  await market.post(`/api/entries/${second.id}/verifications`)
  const retirement = await expert.post(`/api/entries/${second.id}/retirement`, { reason: '业务取消' })
  await approve(t, retirement.json<{ reviewId: number }>().reviewId)
  await begin(expert)
}

describe('what the tables hold is what the trail tells', () => {
  test('after a life with every kind of step', () => {
    expect(t.db.$client.prepare('select count(*) from retirement').pluck().get()).toBe(1)
    expect(differences()).toEqual([])
  })

  test.each([
    ["update revision set say = '偷偷改' where id = 3", 'revision:3 is not as the trail tells it'],
    ['delete from revision where id = 4', 'revision:4 is gone'],
    ["update review set required = '[]' where id = 2", 'review:2 is not as the trail tells it'],
    [
      "insert into review_end (review_id, state, at) values (2, 'approved', 0)",
      'review:2 stands is not as the trail tells it',
    ],
    ['delete from review_end where review_id = 1', 'review:1 stands is not as the trail tells it'],
    [
      "update vote set verdict = 'approve' where verdict = 'return'",
      'vote of person:6 on review:1 is not as the trail tells it',
    ],
    [
      "insert into vote (review_id, person_id, department, verdict, at) values (2, 9, 'market', 'approve', 0)",
      'vote of person:9 on review:2 is not on the trail',
    ],
    ["update review_comment set text = '可以'", 'comment:1 is not as the trail tells it'],
    ['delete from called_in', 'safety called in to review:1 is gone'],
    [
      "insert into stand_in (review_id, department, person_id, by_person_id, at) values (2, 'market', 9, 1, 0)",
      'market person:9 stands in on review:2 is not on the trail',
    ],
    [
      'insert into publication (entry_id, revision_id, at) values (1, 2, 5)',
      'publication of revision:2 at 5 is not on the trail',
    ],
    [
      "insert into approval (revision_id, department, person_id, at) values (2, 'market', 9, 5)",
      'approval of revision:2 at 5 is not on the trail',
    ],
    ['delete from approval', expect.stringContaining('publication of revision:')],
    ['delete from publication_end', 'fast lane of revision:1 is gone'],
    ["update retirement set reason = '别的'", expect.stringContaining('retirement of entry:2')],
    ['update verification set verify_by = 0', 'verification:1 is not as the trail tells it'],
    ["update entry_task set words = '很好' where id = 2", 'task:2 is not as the trail tells it'],
    ['delete from entry_task_end', 'end of task:1 is gone'],
    ['update policy set minimum = 1', 'policy:answer: is not as the trail tells it'],
  ])('%s is found', (statement, found) => {
    tamper(statement)
    expect(differences()).toContainEqual(found)
  })
})

test('a row from before the trail hashed anything says nothing, and is not held against the tables', () => {
  const old = "update audit set after = null, note = 'revision:3' where action = 'revision.published'"
  tamper(`${old} and subject = 'entry:2'`)
  expect(differences()).toEqual([])
})

test('a note is read as it was written, instants among it', () => {
  const note = noteOf({ revision: 7, until: new Date(NOW).toISOString(), for: null, approvals: '' })
  expect([...readNote(note)]).toEqual([
    ['revision', '7'],
    ['until', '2026-11-22T02:00:00.000Z'],
    ['approvals', ''],
  ])
})
