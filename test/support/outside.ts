import { expect } from 'vitest'
import { outbox } from '#server/platform/kernel/tables.ts'
import { documentsInForce } from '#server/search/index.ts'
import type { TestApp } from './app.ts'

/** The ids of all that a search may find, sorted: what the index outside is to hold. */
export const published = ({ db, clock }: TestApp): string[] =>
  documentsInForce(db, clock.now)
    .map(one => one.id)
    .toSorted()

/** What is still to be sent, or was not taken, as the outbox has it. */
export const unsent = ({ db }: TestApp): string[] =>
  db
    .select()
    .from(outbox)
    .all()
    .map(row => row.effect)
    .filter(effect => effect.startsWith('engine.'))

/** Rounds until the engine outside answers and has everything; a breaker that is open takes its time. */
export async function settle(app: TestApp): Promise<void> {
  for (let round = 0; round < 400; round += 1) {
    await app.sync!.round()
    const { degraded, waiting } = app.deps.remote!.pair.health
    if (!degraded && waiting === 0 && unsent(app).length === 0) return
    await new Promise(resolve => setTimeout(resolve, 25))
  }
  expect.unreachable('the engine outside did not come back')
}

/** The ids of all that the index outside holds, sorted. */
export async function held({ deps }: TestApp): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of deps.remote!.main.held()) keys.push(key)
  return keys.toSorted()
}
