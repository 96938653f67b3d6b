import type { Db } from '#server/platform/db/db.ts'

type Line = { at: number; action: string; subject: string; note: string | null }
type Times = { validFrom: number | null; validUntil: number | null }

const numberIn = (text: string | null, name: string): number =>
  Number(new RegExp(`${name}:(\\d+)`, 'u').exec(text ?? '')?.[1])

/** The state the lines of the audit tell: how each review stands, and what is in force of an entry at `now`. */
export function replayed(db: Db, now: number) {
  const lines = db.$client.prepare('select at, action, subject, note from audit order by id').all() as Line[]
  const states = new Map<number, string>()
  const published: { entryId: number; revisionId: number; at: number; until: number; isRetired: boolean }[] =
    []
  for (const { at, action, subject, note } of lines) {
    const review = numberIn(subject, 'review')
    const entryId = numberIn(subject, 'entry')
    const revisionId = numberIn(note, 'revision')
    if (action === 'review.opened') states.set(review, 'in_review')
    if (['review.approved', 'review.returned', 'review.withdrawn'].includes(action))
      states.set(review, action.slice(7))
    const until = Date.parse(/until (\S+)/u.exec(note ?? '')?.[1] ?? '') || Infinity
    if (action === 'revision.published') published.push({ entryId, revisionId, at, until, isRetired: false })
    if (action === 'publication.ended')
      for (const one of published) if (one.revisionId === revisionId) one.until = Math.min(one.until, at)
    if (action === 'entry.retired')
      for (const one of published) if (one.entryId === entryId) one.isRetired = true
  }
  const timesOf = (revisionId: number): Times =>
    db.$client
      .prepare('select valid_from as validFrom, valid_until as validUntil from revision where id = ?')
      .get(revisionId) as Times
  const inForce = (entryId: number): number | undefined => {
    const begun = published
      .map((one, index) => ({ ...one, ...timesOf(one.revisionId), index }))
      .map(one => ({ ...one, begins: Math.max(one.at, one.validFrom ?? 0) }))
      .filter(one => one.entryId === entryId && one.begins <= now && now < one.until)
      .toSorted((a, b) => b.begins - a.begins || b.index - a.index)
    const [last] = begun
    return last && !last.isRetired && now < (last.validUntil ?? Infinity) ? last.revisionId : undefined
  }
  return { states, inForce }
}
