import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EntryView } from '#server/contract/entry.ts'
import type { SearchReply } from '#server/contract/search.ts'
import type { TaskList } from '#server/contract/upkeep.ts'
import { allRows, untold, verifyChain } from '#server/audit/verify.ts'
import { entryLedger, policies } from '#server/entries/index.ts'
import { auditHead } from '#server/platform/kernel/records.ts'
import { reviewLedger } from '#server/reviews/index.ts'
import { requiredOf, reviewRow, stateOf, votesOf } from '#server/reviews/queries.ts'
import { revisionState } from '#server/reviews/views.ts'
import { reviewOf } from '../support/committee.ts'
import { Replay } from './replay.ts'
import type { Step } from './cast.ts'
import { World } from './world.ts'

const steps = new World('').steps
const COMMON = [
  'begin',
  'submit',
  'submit',
  'approve',
  'approve',
  'approve',
  'approve',
  'move',
  'crash',
  'fast',
  'revise',
]
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...Object.keys(steps), ...COMMON),
  who: fc.nat(100),
  what: fc.nat(100),
  how: fc.nat(1000),
})

const BEGINNING: Step[] = [0, 1, 2].flatMap(who => [
  { kind: 'begin', who, what: 0, how: 1 },
  { kind: 'submit', who, what: who, how: 1 },
])

/** Numbers of the texts an agent was shown. */
const texts = (said: string): number[] => [
  ...new Set([...said.matchAll(/口径(\d+)号/gu)].map(match => Number(match[1]))),
]

async function world<T>(work: (made: World) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'firstline-history-'))
  const made = new World(join(folder, 'db'))
  await made.start()
  try {
    return await work(made)
  } finally {
    await made.t.close()
    rmSync(folder, { recursive: true })
  }
}

/** Invariant 1: what an agent is shown is approved and in force, and, where nothing is hidden, all that is. */
async function expectOnlyApproved({ t, model, clock }: World): Promise<EntryView[]> {
  const agent = await t.signIn('agent')
  const search = await agent.get(`/api/search?q=${encodeURIComponent('停电口径')}&limit=100`)
  const entryIds = [...new Set(model.drafts.map(one => one.entryId))]
  const replies = await Promise.all(entryIds.map(id => agent.get(`/api/entries/${id}`)))
  const expected = entryIds.flatMap(id => model.inForce(id, clock.now)?.review.draft.text ?? [])
  const shown = replies.filter(reply => reply.statusCode === 200).map(reply => reply.json<EntryView>())
  const read = texts(JSON.stringify(shown.map(one => one.say)))
  const found = texts(JSON.stringify(search.json<SearchReply>().hits))
  expect(expected).toEqual(expect.arrayContaining(read))
  if (!model.isHiding) expect(read.toSorted()).toEqual(expected.toSorted())
  expect(found.toSorted()).toEqual(read.toSorted())
  for (const url of [
    '/api/search?q=',
    '/api/notifications?limit=100',
    '/api/digest',
    '/api/favourite-entries',
  ])
    expect(read, url).toEqual(expect.arrayContaining(texts((await agent.get(url)).body)))
  return shown
}

/** Invariant 2: each has the approvals its policy asked for, none of an author; or it is a running fast lane. */
function expectApprovals({ t, model, clock }: World, shown: readonly EntryView[]): void {
  for (const { id, publishedAt, labels } of shown) {
    const { review, until } = model.inForce(id, clock.now)!
    const given = t.db.$client
      .prepare('select person_id as person, department from approval where revision_id = ? and at = ?')
      .all(review.draft.id, Date.parse(publishedAt)) as { person: number; department: string }[]
    const authors = t.db.$client
      .prepare('select person_id from revision_author where revision_id = ?')
      .pluck()
      .all(review.draft.id)
    for (const { person } of given) expect(authors).not.toContain(person)
    expect(labels.includes('快审')).toBe(until !== Infinity)
    if (until !== Infinity) continue
    expect(given.map(one => one.department)).toEqual(expect.arrayContaining(review.required))
    expect(new Set(given.map(one => one.person)).size).toBeGreaterThanOrEqual(review.minimum)
  }
}

const waitingRows = ({ t }: World): unknown[] =>
  t.db.$client.prepare('select review_id, department from review_wait order by 1, 2').raw().all()

/** What each open review says it waits for; '' for any one more approval. */
async function waitingByReview({ t, model }: World): Promise<unknown[]> {
  const reader = await t.signIn('supervisor')
  const open = await Promise.all(
    model.reviews.filter(one => one.state === 'in_review').map(({ id }) => reviewOf(reader, id)),
  )
  return open.flatMap(({ id, waitingFor }) =>
    (waitingFor.length > 0 ? waitingFor.toSorted() : ['']).map(department => [id, department]),
  )
}

/** Invariant 3: every text submitted can still be read as it was, and the audit tells the same state. */
async function expectNothingLost(made: World): Promise<void> {
  const { t, model } = made
  const reader = await t.signIn('supervisor')
  for (const { id, state, draft } of model.reviews) {
    const view = await reviewOf(reader, id)
    expect([view.state, view.revision.say]).toEqual([state, `口径${draft.text}号。`])
  }
  expect(waitingRows(made)).toEqual(await waitingByReview(made))
  await expectReplayed(made)
}

/** The rows of the audit alone give the state that the service derives from its tables and that it answered with. */
async function expectReplayed({ t, model, clock: { now } }: World): Promise<void> {
  const replay = new Replay(allRows(t.db))
  for (const { entryId } of model.drafts)
    expect(replay.inForce(entryId, now)?.revisionId).toBe(model.inForce(entryId, now)?.review.draft.id)
  const drafts = model.drafts.map(one => one.id)
  expect([...replay.revisions.keys()]).toEqual(drafts)
  for (const id of drafts) expect([id, replay.stateOf(id, now)]).toEqual([id, revisionState(t.db, now, id)])
  expect([...replay.rounds.keys()]).toEqual(model.reviews.map(one => one.id))
  for (const [id, { state, required, votes }] of replay.rounds) {
    expect([id, state, required.toSorted()]).toEqual([
      id,
      stateOf(t.db, id),
      requiredOf(t.db, reviewRow(t.db, id)).toSorted(),
    ])
    expect(votes).toEqual(votesOf(t.db, id).map(one => [one.personId, one.department, one.verdict]))
  }
  const { tasks } = (await (await t.signIn('supervisor')).get('/api/tasks?limit=100')).json<TaskList>()
  expect(replay.openTasks(now).toSorted()).toEqual(tasks.map(one => one.id).toSorted())
  expect(policies(t.db)).toEqual(expect.arrayContaining([...replay.policies.values()]))
  expect(verifyChain(t.db)).toEqual(auditHead(t.db))
  // each thing as it is now has the hash of its last row
  expect(untold(t.db, [entryLedger, reviewLedger])).toEqual([])
}

test('whatever happens, agents see what was approved and is in force, and nothing is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 70 }), history =>
      world(async made => {
        for (const one of [...BEGINNING, ...history]) {
          await made.take(one)
          expectApprovals(made, await expectOnlyApproved(made))
        }
        await expectNothingLost(made)
      }),
    ),
    { numRuns: 8, interruptAfterTimeLimit: 60_000 },
  )
}, 120_000)
