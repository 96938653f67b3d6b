import { and, asc, eq, gt, gte, lt, lte } from 'drizzle-orm'
import type { AuditQuery, AuditRow } from '#server/contract/audit.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { iso } from '#server/platform/kernel/clock.ts'
import { audit } from '#server/platform/kernel/tables.ts'
import { person } from '#server/people/index.ts'

/** How many rows are read at a time: the service answers others between two of them. */
const BATCH = 500

/** The rows a query asks for, up to the row `last`, in their order; read in batches as they are taken. */
export function* auditRows(db: Reader, query: Omit<AuditQuery, 'format'>, last: number): Generator<AuditRow> {
  let left = query.limit ?? Number.MAX_SAFE_INTEGER
  let after = 0
  let { offset } = query
  while (left > 0) {
    const rows = batch(db, query, { after, last, offset, limit: Math.min(left, BATCH) })
    yield* rows.map(viewOf)
    const end = rows.at(-1)
    if (!end) return
    after = end.audit.id
    left -= rows.length
    offset = 0
  }
}

type Part = { after: number; last: number; offset: number; limit: number }

const batch = (db: Reader, { from, to }: Pick<AuditQuery, 'from' | 'to'>, part: Part) =>
  db
    .select({ audit, workNo: person.workNo, name: person.name })
    .from(audit)
    .leftJoin(person, eq(person.id, audit.personId))
    .where(
      and(
        gt(audit.id, part.after),
        lte(audit.id, part.last),
        from === undefined ? undefined : gte(audit.at, Date.parse(from)),
        to === undefined ? undefined : lt(audit.at, Date.parse(to)),
      ),
    )
    .orderBy(asc(audit.id))
    .limit(part.limit)
    .offset(part.offset)
    .all()

function viewOf({ audit: row, workNo, name }: ReturnType<typeof batch>[number]): AuditRow {
  const { id, personId, action, subject, note, before, after, hash } = row
  const who = personId === null ? null : { id: personId, workNo: workNo ?? '', name: name ?? '' }
  const told = { action, subject, note, before, after, hash }
  return { id, at: iso(row.at), person: who, from: row.fromAddress, ...told }
}
