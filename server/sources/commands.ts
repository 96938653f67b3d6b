import { eq } from 'drizzle-orm'
import { Type, type Static } from 'typebox'
import { SOURCE_KINDS, SOURCE_STATUSES } from '#server/contract/lists.ts'
import { Day, ShortText, oneOf } from '#server/contract/shapes.ts'
import type { Tx } from '#server/platform/db/db.ts'
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
