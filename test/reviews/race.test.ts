import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { EntryView } from '#server/contract/entry.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { refusal, submit, vote } from '../support/committee.ts'

const VOTER = join(import.meta.dirname, 'voter.ts')

let t: TestApp
let path: string
let others: Client[]
let opened: { reviewId: number; revisionId: number; id: number }
/** A review that any one more approval decides. */
beforeEach(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'firstline-race-'))
  path = join(folder, 'db')
  t = await makeApp({ path })
  onTestFinished(async () => {
    await t.close()
    rmSync(folder, { recursive: true })
  })
  opened = await submit(t)
  await vote(await t.signIn('reviewer', 'market'), opened.reviewId)
  others = await Promise.all(
    ['service', 'safety', 'operations', 'planning'].map(one => t.signIn('reviewer', one)),
  )
})

async function expectPublishedOnce(): Promise<void> {
  const rows = (sql: string) => t.db.$client.prepare(sql).pluck().all()
  expect(rows('select revision_id from publication')).toEqual([opened.revisionId])
  expect(rows('select state from review_end')).toEqual(['approved'])
  expect(rows("select count(*) from audit where action = 'revision.published'")).toEqual([1])
  expect(rows('select department from vote order by id')).toHaveLength(2)
  const agent = await t.signIn('agent')
  const entry = (await agent.get(`/api/entries/${opened.id}`)).json<EntryView>()
  expect(entry.approvedBy).toHaveLength(2)
  const found = (await agent.get(`/api/search?q=${encodeURIComponent('提前通知')}`)).json<{ total: number }>()
  expect(found.total).toBe(1)
}

describe('two deciding votes at the same moment publish once', () => {
  test('over HTTP', async () => {
    const replies = await Promise.all(others.map(client => vote(client, opened.reviewId)))
    expect(replies.filter(reply => reply.statusCode === 201).map(reply => reply.json())).toEqual([
      { state: 'approved' },
    ])
    expect(replies.filter(reply => reply.statusCode !== 201).map(refusal)).toEqual(
      others.slice(1).map(() => [409, 'review.closed']),
    )
    await expectPublishedOnce()
  })

  test('over two services on one database', async () => {
    const second = await makeApp({ path })
    onTestFinished(second.close)
    const elsewhere = await second.signIn('reviewer', 'planning')
    const replies = await Promise.all([vote(others[0]!, opened.reviewId), vote(elsewhere, opened.reviewId)])
    expect(replies.map(reply => reply.statusCode).toSorted()).toEqual([201, 409])
    await expectPublishedOnce()
  })

  test('over connections of several processes', async () => {
    const voters = others.map(({ id }) =>
      spawn(process.execPath, [VOTER, path, NOW, id, opened.reviewId].map(String)),
    )
    await Promise.all(voters.map(voter => once(voter.stdout, 'data')))
    const answers = voters.map(voter => text(voter.stdout))
    for (const voter of voters) voter.stdin.end('vote')
    const said = await Promise.all(answers)
    expect(said.toSorted()).toEqual(['approved', 'review.closed', 'review.closed', 'review.closed'])
    await expectPublishedOnce()
  })
})

test('a vote and a return at the same moment end the round once, as one of them says', async () => {
  const replies = await Promise.all([
    vote(others[0]!, opened.reviewId, 'return', '依据没写'),
    vote(others[1]!, opened.reviewId),
  ])
  expect(replies.map(reply => reply.statusCode).toSorted()).toEqual([201, 409])
  const [state] = t.db.$client.prepare('select state from review_end').pluck().all()
  expect(t.db.$client.prepare('select count(*) from publication').pluck().get()).toBe(
    state === 'approved' ? 1 : 0,
  )
})

test('one person voting twice at the same moment votes once', async () => {
  const [first] = others
  const replies = await Promise.all([vote(first!, opened.reviewId), vote(first!, opened.reviewId)])
  expect(replies.map(reply => reply.statusCode).toSorted()).toEqual([201, 409])
})
