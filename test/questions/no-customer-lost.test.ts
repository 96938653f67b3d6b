import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DAY, HOUR } from '#server/platform/kernel/clock.ts'
import { callbackList } from '#server/questions/callback-queries.ts'
import { questionPolicyOf } from '#server/questions/policy.ts'
import { OPEN } from '#server/questions/rules.ts'
import { callback } from '#server/questions/tables.ts'
import { Customers, makeBeginning, type Beginning, type Crash } from './customers.ts'

let folder: string
let beginning: Beginning
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'firstline-beginning-'))
  beginning = makeBeginning(folder)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const pick = fc.nat({ max: 50 })
const event = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('ask'), pick, isWanted: fc.boolean(), isJoined: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('publish'), pick }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('refuse', 'lapse', 'unmerge', 'hand over', 'purge'), pick }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('call'),
      pick,
      result: fc.constantFrom('reached', 'not_reached', 'not_reached', 'wrong_number', 'not_wanted'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait'), hours: fc.constantFrom(1, 5, 24 * 31) }) },
)
const crash = fc.constantFrom<Crash>(undefined, undefined, 'before', 'after')
const story = fc.array(fc.tuple(event, crash), { minLength: 5, maxLength: 30 })

type Event = typeof event extends fc.Arbitrary<infer T> ? T : never

const one = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)]

function happen(world: Customers, told: Event, when: Crash): void {
  if (told.kind === 'wait') world.clock.now += ('hours' in told ? told.hours : 0) * HOUR
  if (!('pick' in told)) return
  const at = told.pick
  const open = world.leads().filter(row => OPEN.includes(row.state))
  if ('isWanted' in told) {
    const into = told.isJoined ? one(open, at)?.id : undefined
    world.ask(when, at % 2, told.isWanted, into)
  } else if ('result' in told) {
    const found = one(world.all(), at)
    if (found) callOnce(world, found.callback.id, told.result, when)
  } else moveOn(world, told.kind, at, when)
}

function moveOn(world: Customers, kind: string, at: number, when: Crash): void {
  const open = one(
    world.leads().filter(row => OPEN.includes(row.state)),
    at,
  )
  const published = one(
    world.leads().filter(row => row.state === 'published'),
    at,
  )
  const merged = one(
    world.all().filter(row => row.lead.id !== row.callback.questionId),
    at,
  )
  const any = one(world.all(), at)
  if (kind === 'publish' && open) world.lead(when, open.id, 'published', at % 2)
  if (kind === 'refuse' && open) world.lead(when, open.id, 'refused')
  if (kind === 'lapse' && published) world.lead(when, published.id, 'answer_returned')
  if (kind === 'unmerge' && merged) world.lead(when, merged.callback.questionId, 'unmerged')
  if (kind === 'hand over' && any) world.handOver(when, any.callback.id, at % 2)
  if (kind === 'purge') world.purge(when)
}

/** Calls a customer, unless the service keeps the number back; whoever heard this answer is never dialled for it again. */
function callOnce(world: Customers, id: number, result: 'reached' | string, when: Crash): void {
  const { answer } = world.all().find(row => row.callback.id === id)!
  const before = world.heard.get(id) ?? []
  const over = world.ended.has(id)
  const dialled = world.call(when, id, result as 'reached')
  if (!dialled) return
  expect(over).toBe(false)
  expect(before).not.toContain(answer)
}

/** Nobody who is to be called is lost: each is on its holder's list and on the supervisors', in one state. */
function nobodyIsLost(world: Customers): void {
  const ids = world.db
    .select()
    .from(callback)
    .all()
    .map(row => row.id)
  expect(ids).toEqual(world.wanted)
  const listed = (person: number, all: boolean) =>
    world.request(undefined, false, tx => {
      const query = { all, limit: 100, offset: 0 }
      const { callbacks, total } = callbackList(tx, world.clock.now, world.actor(tx, person), query)
      const theirs = world.all().filter(row => all || row.callback.holderId === person)
      expect(callbacks.map(view => view.id).toSorted((a, b) => a - b)).toEqual(
        theirs.map(row => row.callback.id),
      )
      expect(total).toBe(theirs.length)
    })
  listed(world.supervisor, true)
  for (const agent of world.agents) listed(agent, false)
}

/** A question is closed only when each of its customers heard the answer, or was given up, or wanted no more. */
function nobodyIsForgotten(world: Customers): void {
  const { callbackTries } = questionPolicyOf(world.db)
  for (const row of world.all().filter(found => found.state === 'done')) {
    const { id } = row.callback
    const heard = world.heard.get(id) ?? []
    const missed = row.tries.filter(
      made => made.result === 'not_reached' && made.revisionId === row.answer,
    ).length
    const isOver = world.ended.has(id) || heard.includes(row.answer)
    expect([id, isOver || missed >= callbackTries]).toEqual([id, true])
  }
}

test('whatever happens in whatever order, and wherever it breaks off: no customer is lost, none called twice', () => {
  fc.assert(
    fc.property(story, events => {
      const world = new Customers(beginning)
      try {
        for (const [told, when] of events) {
          happen(world, told, when)
          nobodyIsLost(world)
          nobodyIsForgotten(world)
        }
        workOff(world)
      } finally {
        world.close()
      }
    }),
    { numRuns: 25 },
  )
}, 120_000)

/** In the end each question is answered and each customer who may be called is called: then nothing is left open. */
function workOff(world: Customers): void {
  for (const row of world.leads().filter(lead => OPEN.includes(lead.state)))
    world.lead(undefined, row.id, 'published')
  world.clock.now += DAY * 31
  for (const row of world.all()) callOnce(world, row.callback.id, 'reached', undefined)
  nobodyIsForgotten(world)
  expect(world.all().filter(row => row.state !== 'done')).toEqual([])
  expect(world.leads().filter(row => row.state !== 'closed')).toEqual([])
}
