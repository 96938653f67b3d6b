import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { placeAfter, type Place } from '#server/questions/rules.ts'
import { stepsOf } from '#server/questions/steps.ts'
import { question } from '#server/questions/tables.ts'
import type { Step } from './cast.ts'
import { look } from './journey.ts'
import { World } from './world.ts'

const COMMON = [
  'raise',
  'raise',
  'raise',
  'answer',
  'answer',
  'approve',
  'approve',
  'approve',
  'approve',
  'call',
  'call',
  'merge',
  'die',
]
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...Object.keys(new World('').steps), ...COMMON),
  who: fc.nat(100),
  what: fc.nat(100),
  how: fc.nat(1000),
})
const BEGINNING: Step[] = [0, 1, 2].map(what => ({ kind: 'raise', who: what, what, how: what * 2 }))

async function world<T>(work: (made: World) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'firstline-questions-'))
  const made = new World(join(folder, 'db'))
  await made.start()
  try {
    return await work(made)
  } finally {
    await made.t.close()
    rmSync(folder, { recursive: true })
  }
}

const numbers = ({ t }: World, statement: string): number[] =>
  t.db.$client.prepare(statement).pluck().all() as number[]

/** Invariant 1: whatever was answered as raised is there, once, with who asked it and the call-back that was promised. */
function expectNothingLost(made: World): void {
  const ids = made.raised.map(one => one.id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(numbers(made, 'select id from question order by id')).toEqual(ids.toSorted((a, b) => a - b))
  const promised = made.raised.filter(one => one.isCalledBack).map(one => one.id)
  const kept = numbers(made, 'select question_id from callback where sealed_phone is not null order by 1')
  expect(kept).toEqual(promised.toSorted((a, b) => a - b))
}

/** Invariant 2: every question stands where its steps lead, and a merged one is led by one that is not. */
function expectFolded({ t }: World): void {
  const rows = t.db.select().from(question).all()
  const leads = new Set(rows.filter(row => row.leadId === null).map(row => row.id))
  for (const row of rows) {
    const place = stepsOf(t.db, row.id).reduce<Place | undefined>(placeAfter, undefined)
    expect(row).toMatchObject({ ...place })
    expect(row.state === 'merged').toBe(row.leadId !== null)
    if (row.leadId !== null) expect(leads).toContain(row.leadId)
  }
}

/** Invariant 3: nobody is told the same answer twice, and no question is closed while somebody waits to be told. */
function expectToldOnce(made: World): void {
  const twice = `select callback_id from callback_try where result = 'reached' group by callback_id, revision_id having count(*) > 1`
  expect(numbers(made, twice)).toEqual([])
  const untold = `select c.id from callback c join question q on q.id = c.question_id
    join question l on l.id = coalesce(q.lead_id, q.id) and l.state = 'closed'
    where not exists (select 1 from callback_try t where t.callback_id = c.id)`
  expect(numbers(made, untold)).toEqual([])
}

/** Invariant 4: once the committee was followed there is nothing more to follow. */
function expectSettled(made: World): void {
  const steps = () => numbers(made, "select count(*) from question_step where kind <> 'escalated'")
  look(made.t)
  const settled = steps()
  look(made.t)
  expect(steps()).toEqual(settled)
}

test('whatever happens, and whenever the process dies, no question, asker or call-back is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 25, maxLength: 60 }), history =>
      world(async made => {
        for (const one of [...BEGINNING, ...history]) {
          await made.take(one)
          expectNothingLost(made)
          expectFolded(made)
          expectToldOnce(made)
        }
        expectSettled(made)
        expectFolded(made)
      }),
    ),
    { numRuns: 8, interruptAfterTimeLimit: 60_000 },
  )
}, 120_000)
