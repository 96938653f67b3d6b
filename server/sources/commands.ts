import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { Type, type Static } from 'typebox'
import { SOURCE_KINDS, SOURCE_STATUSES } from '#server/contract/lists.ts'
import { Day, ShortText, oneOf } from '#server/contract/shapes.ts'
import type { NewSource } from '#server/contract/upkeep.ts'
import type { Tx } from '#server/platform/db/db.ts'
import { recordAudit } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { requireRole, type Actor } from '#server/people/index.ts'
import { sourceIdsByKey } from './queries.ts'
import { source } from './tables.ts'

/** One line of content/sources.yaml, without its key. */
export const SourceLine = Type.Object(
  {
    title: ShortText,
    number: ShortText,
    issuer: ShortText,
    kind: oneOf(SOURCE_KINDS),
    issuedOn: Type.Optional(Day),
    inForceFrom: Type.Optional(Day),
    inForceTo: Type.Optional(Day),
    supersededBy: Type.Optional(Type.String({ maxLength: 60 })),
    status: oneOf(SOURCE_STATUSES),
  },
  { additionalProperties: false },
)
export type SourceLine = Static<typeof SourceLine>

/** Takes the register over from a file: adds what is new, renews what is there, removes nothing. Idempotent. */
export function importSources(tx: Tx, lines: ReadonlyMap<string, SourceLine>): void {
  for (const [key, { supersededBy: _, ...line }] of lines) {
    const set = { issuedOn: null, inForceFrom: null, inForceTo: null, ...line }
    tx.insert(source)
      .values({ key, ...set })
      .onConflictDoUpdate({ target: source.key, set })
      .run()
  }
  const ids = sourceIdsByKey(tx)
  for (const [key, line] of lines) {
    const supersededBy = line.supersededBy === undefined ? null : (ids.get(line.supersededBy) ?? null)
    tx.update(source).set({ supersededBy }).where(eq(source.key, key)).run()
  }
}

/** Adds a document to the register; experts and members of the committee may. Returns its id. */
export function addSource(tx: Tx, now: number, actor: Actor, input: NewSource): number {
  requireRole(actor, 'expert', 'reviewer', 'chair')
  const row = { ...input, key: `added-${randomUUID()}`, status: 'current' as const }
  const { id } = tx.insert(source).values(row).returning({ id: source.id }).get()
  recordAudit(tx, now, actor, 'source.added', `source:${id}`, { after: input })
  return id
}

/** Notes that source `by` replaced source `id`. Refuses `source.not_found` and a circle with `source.supersedes_itself`. */
export function supersedeSource(tx: Tx, now: number, actor: Actor, id: number, by: number): void {
  const before = tx.select().from(source).where(eq(source.id, id)).get()
  if (!before) throw new Refusal('source.not_found')
  for (let next: number | null = by; next !== null;) {
    if (next === id)
      throw new Refusal('source.supersedes_itself', [{ path: 'body.by', message: 'leads back to itself' }])
    const found = tx.select().from(source).where(eq(source.id, next)).get()
    if (!found)
      throw new Refusal('source.not_found', [{ path: 'body.by', message: 'is not in the register' }])
    next = found.supersededBy
  }
  tx.update(source).set({ supersededBy: by }).where(eq(source.id, id)).run()
  recordAudit(tx, now, actor, 'source.superseded', `source:${id}`, {
    before,
    after: { ...before, supersededBy: by },
  })
}
