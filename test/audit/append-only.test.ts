import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask } from '../questions/askings.ts'
import { makeApp, type TestApp } from '../support/app.ts'

let t: TestApp
beforeEach(async () => {
  t = await makeApp()
})
afterEach(() => t.close())

const exec = (statement: string) => () => t.db.$client.exec(statement)

describe('the database itself refuses to change', () => {
  it.each([
    ['update audit set at = 0', 'audit rows are never updated'],
    ['delete from audit', 'audit rows are never deleted'],
    ['update publication set at = 0', 'publications are never updated'],
    ['delete from publication', 'publications are never deleted'],
    ["update revision set say = '改了'", 'a published revision is never updated'],
    ['delete from revision', 'a published revision is never deleted'],
    ["update revision_basis set clause = '第一条'", 'the basis of a published revision is never changed'],
    ['delete from revision_basis', 'the basis of a published revision is never changed'],
    [
      'insert into revision_basis select id, 7, 1, null from revision',
      'the basis of a published revision is never changed',
    ],
  ])('%s', (statement, message) => {
    t.build.entry({ basis: [{ sourceId: 1, clause: '第二条' }] })
    expect(exec(statement)).toThrow(message)
  })

  it('a vote', async () => {
    const { entryId, revisionId } = t.build.draft()
    const review = `insert into review (kind, entry_id, revision_id, round, required, minimum, content, opened_by, opened_at, due_at)
      values ('publication', ${entryId}, ${revisionId}, 1, '[]', 2, '{}', 1, 0, 0)`
    t.db.$client.exec(review)
    t.db.$client.exec(
      "insert into vote (review_id, person_id, department, verdict, at) values (1, 1, 'market', 'approve', 0)",
    )
    expect(exec("update vote set verdict = 'return'")).toThrow('votes are never updated')
    expect(exec('delete from vote')).toThrow('votes are never deleted')
  })
})

it('a draft may still be written', () => {
  const { revisionId } = t.build.draft({ basis: [{ sourceId: 1 }] })
  expect(exec(`update revision set say = '改了' where id = ${revisionId}`)).not.toThrow()
  expect(exec(`delete from revision_basis where revision_id = ${revisionId}`)).not.toThrow()
})

it('a call-back stays, and so do its tries and handovers', async () => {
  const agent = await t.signIn('agent')
  const supervisor = await t.signIn('supervisor')
  ask(t, supervisor.id)
  await supervisor.put('/api/callbacks/1/holder', { personId: agent.id })
  await agent.put('/api/questions/1/callback', { result: 'not_wanted' })
  expect(exec('delete from callback')).toThrow('call-backs are never deleted')
  expect(exec("update callback_try set result = 'reached'")).toThrow('tries of a call-back are never updated')
  expect(exec('delete from callback_try')).toThrow('tries of a call-back are never deleted')
  expect(exec('update callback_handover set to_person_id = 1')).toThrow('handovers are never updated')
  expect(exec('delete from callback_handover')).toThrow('handovers are never deleted')
})
