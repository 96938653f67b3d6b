import { and, asc, desc, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Category } from '#server/contract/lists.ts'
import { among, type Reader, type Tx } from '#server/platform/db/db.ts'
import { likeness, wordingOf, type Terms } from '#server/platform/text/likeness.ts'
import { publishedRevisions } from '#server/entries/index.ts'
import { routingOf, type question } from '#server/questions/index.ts'
import type { endedCall } from '#server/calls/index.ts'
import { asked } from './rules.ts'
import { gap, gapMark, gapQuery } from './tables.ts'

/**
 * How alike (platform/text/likeness) a wording must be to the one that began a gap to belong to it: 充电桩怎么报装 and
 * 充电桩怎么收费 are two gaps, while a few words more or less do not matter.
 */
const ALIKE = 0.7
const ELSEWHERE: Category = '其它'

/** Something asked in vain that is to be put into its gap. */
export interface Asked {
  text: string
  wording: string
  searchId: number | null
  questionId: number | null
  callId: number | null
  personId: number
  at: number
  /** What the search showed, such as ["entry:12"]; category and department of a question. */
  shown: readonly string[]
  filed?: { category: Category; department: string }
}

/** What was asked in a call in vain: searches without a confident answer, each once. */
export function askedInVain({ id, personId, searches }: NonNullable<ReturnType<typeof endedCall>>): Asked[] {
  const worded = searches.map(one => ({ ...one, wording: wordingOf(one.query) }))
  return asked(worded)
    .filter(one => !one.confident)
    .map(one => ({
      text: one.query,
      wording: one.wording,
      searchId: one.id,
      questionId: null,
      callId: id,
      personId,
      at: one.at,
      shown: one.shown,
    }))
}

/** A question as what was asked. */
export const askedAs = (row: typeof question.$inferSelect): Asked => ({
  text: row.text,
  wording: wordingOf(row.text),
  searchId: null,
  questionId: row.id,
  callId: row.callId,
  personId: row.personId,
  at: row.raisedAt,
  shown: [],
  filed: { category: row.category, department: row.department },
})

/** The gap that holds a wording already. */
export const gapOfWording = (db: Reader, wording: string): number | undefined =>
  db
    .select({ id: gapQuery.gapId })
    .from(gapQuery)
    .where(eq(gapQuery.wording, wording))
    .orderBy(desc(gapQuery.id))
    .get()?.id

/** Which of some gaps a text is most alike to, if it is alike enough to any. */
export function mostAlike(
  db: Reader,
  termsOf: (text: string) => Terms,
  text: string,
  ids: readonly number[],
): number | undefined {
  const terms = termsOf(text)
  const rows = db.select({ id: gap.id, text: gap.text }).from(gap).where(among(gap.id, ids)).all()
  const near = rows.map(row => ({ id: row.id, near: likeness(terms, termsOf(row.text)) }))
  const [best] = near.toSorted((a, b) => b.near - a.near || a.id - b.id)
  return best && best.near >= ALIKE ? best.id : undefined
}

/** Whether what was asked is in a gap already. */
export function isPut(db: Reader, { searchId, questionId }: Asked): boolean {
  const same = searchId === null ? eq(gapQuery.questionId, questionId!) : eq(gapQuery.searchId, searchId)
  return db.select({ id: gapQuery.id }).from(gapQuery).where(same).get() !== undefined
}

/** Whether a question was made from a gap by a supervisor. */
export const isMadeFromGap = (db: Reader, questionId: number): boolean =>
  db.select({ id: gapMark.id }).from(gapMark).where(eq(gapMark.questionId, questionId)).get() !== undefined

/** Begins a gap with what was asked; returns its id. */
export function beginGap(tx: Tx, now: number, one: Asked): number {
  const filed = one.filed ?? guessed(tx, now, one.shown)
  const row = { text: one.text, ...filed, beganAt: one.at }
  return tx.insert(gap).values(row).returning({ id: gap.id }).get().id
}

/** The category of the nearest entry that was shown and is in force, and who leads for it 归口管理. */
function guessed(tx: Tx, now: number, shown: readonly string[]): NonNullable<Asked['filed']> {
  const ids = shown.filter(one => one.startsWith('entry:')).map(one => Number(one.slice(6)))
  const found = publishedRevisions(tx, now, ids)
  const nearest = ids.flatMap(id => found.find(one => one.entryId === id) ?? [])[0]
  const category = nearest?.category ?? ELSEWHERE
  return { category, department: routingOf(tx, category).lead }
}

/** Puts what was asked into a gap. A search and a question of one call are counted as one. */
export function putInto(tx: Tx, gapId: number, one: Asked): void {
  const { searchId, questionId, callId, personId, wording, at } = one
  if (one.filed) tx.update(gap).set(one.filed).where(eq(gap.id, gapId)).run()
  const half = callId === null ? undefined : halfOf(tx, gapId, callId, one)
  const whole = searchId === null ? { questionId } : { searchId }
  if (half !== undefined) tx.update(gapQuery).set(whole).where(eq(gapQuery.id, half)).run()
  else tx.insert(gapQuery).values({ gapId, searchId, questionId, callId, personId, wording, at }).run()
}

/** The question of a call that waits for the search that belongs to it, or the reverse. */
function halfOf(tx: Tx, gapId: number, callId: number, one: Asked): number | undefined {
  const { searchId, questionId } = gapQuery
  const other = one.searchId === null ? and(isNotNull(searchId), isNull(questionId)) : isNull(searchId)
  const half = and(eq(gapQuery.callId, callId), eq(gapQuery.gapId, gapId), other)
  return tx.select({ id: gapQuery.id }).from(gapQuery).where(half).orderBy(asc(gapQuery.id)).get()?.id
}

/** Takes a call's searches out again, since it was resolved after all; what was raised as a question stays. */
export function takeOut(tx: Tx, callId: number): void {
  const ofCall = eq(gapQuery.callId, callId)
  tx.delete(gapQuery)
    .where(and(ofCall, isNull(gapQuery.questionId)))
    .run()
  tx.update(gapQuery).set({ searchId: null }).where(ofCall).run()
}
