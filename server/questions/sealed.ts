import { and, asc, eq, isNotNull, notLike, or, sql } from 'drizzle-orm'
import type { Reader, Tx } from '#server/platform/db/db.ts'
import { keyIdOf, type Vault } from '#server/platform/kernel/vault.ts'
import { callback } from './tables.ts'

/** Where a sealed text of a call-back stands: it opens nowhere else. */
export const sealedAt = (callbackId: number, part: 'name' | 'phone'): string =>
  `callback:${callbackId}:${part}`

/** How many sealed rows need each key, by its id: what must not get lost. */
export function keysInUse(db: Reader): Map<string, number> {
  const key = sql<string>`substr(${callback.sealedPhone}, 1, instr(${callback.sealedPhone}, '.') - 1)`
  const rows = db
    .select({ key, rows: sql<number>`count(*)` })
    .from(callback)
    .where(isNotNull(callback.sealedPhone))
    .groupBy(key)
    .all()
  return new Map(rows.map(row => [row.key, row.rows]))
}

/** Seals again, with the vault's first key, at most `limit` rows that another key sealed. Returns how many. */
export function sealAnew(tx: Tx, vault: Vault, limit: number): number {
  const current = `${keyIdOf(vault.seal('', ''))}.%`
  const { id, sealedName, sealedPhone } = callback
  const others = or(notLike(sealedPhone, current), notLike(sealedName, current))
  const rows = tx.select().from(callback).where(others).orderBy(asc(id)).limit(limit).all()
  for (const row of rows) {
    const again = (sealed: string | null, part: 'name' | 'phone') =>
      sealed && vault.seal(vault.open(sealed, sealedAt(row.id, part)), sealedAt(row.id, part))
    const columns = {
      sealedName: again(row.sealedName, 'name'),
      sealedPhone: again(row.sealedPhone, 'phone'),
    }
    tx.update(callback)
      .set(columns)
      .where(and(eq(id, row.id)))
      .run()
  }
  return rows.length
}
