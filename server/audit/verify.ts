import { asc, gt } from 'drizzle-orm'
import type { Reader } from '#server/platform/db/db.ts'
import { EMPTY_CHAIN, lineHash, type ChainHead } from '#server/platform/kernel/chain.ts'
import { differences, toldBy, type Ledger } from '#server/platform/kernel/ledger.ts'
import { auditHead } from '#server/platform/kernel/records.ts'
import { audit } from '#server/platform/kernel/tables.ts'

/** The first row that breaks the chain, and why; of a row that is missing, the id it had. */
export interface BrokenRow {
  id: number
  why: string
}

const BATCH = 1000

/** Follows the whole chain of the audit trail. Returns where it ends, or the first row that is not as it was written. */
export function verifyChain(db: Reader): ChainHead | BrokenRow {
  let reached = EMPTY_CHAIN
  for (const row of allRows(db)) {
    const id = reached.length + 1
    if (row.id !== id) return { id, why: 'is missing' }
    if (row.hash === '') return { id, why: 'has no hash' }
    if (lineHash(reached.hash, row) !== row.hash)
      return { id, why: 'was changed, or does not follow the row before it' }
    reached = { length: id, hash: row.hash }
  }
  return brokenEnd(reached, auditHead(db)) ?? reached
}

function brokenEnd(reached: ChainHead, head: ChainHead = EMPTY_CHAIN): BrokenRow | undefined {
  if (head.length > reached.length)
    return { id: reached.length + 1, why: `is missing at the end: the chain had ${head.length} rows` }
  if (head.length < reached.length)
    return { id: head.length + 1, why: 'was added behind the end of the chain' }
  if (head.hash !== reached.hash) return { id: head.length, why: 'is not the row the chain ended with' }
  return undefined
}

/** What of the tables of these ledgers is not as the trail tells it, a line of English each. */
export function untold(db: Reader, ledgers: readonly Ledger[]): string[] {
  const held = ledgers.flatMap(one => [...one.holds(db)])
  return [...differences(toldBy(allRows(db), ledgers), held)]
}

/** Every row of the trail, oldest first. */
export function* allRows(db: Reader): Generator<typeof audit.$inferSelect> {
  for (let after = 0; ;) {
    const rows = db.select().from(audit).where(gt(audit.id, after)).orderBy(asc(audit.id)).limit(BATCH).all()
    yield* rows
    const end = rows.at(-1)
    if (!end) return
    after = end.id
  }
}
