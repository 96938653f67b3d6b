import { eq } from 'drizzle-orm'
import { rowHash, type Ledger } from '#server/platform/kernel/ledger.ts'
import { calledIn, review, reviewComment, reviewEnd, standIn, vote } from './tables.ts'

/** Reviews on the trail: what was submitted, who was asked and what they said, and how each round ended. */
export const reviewLedger: Ledger = {
  tells: {
    'review.opened': ({ subject, after }) => [
      [subject, after],
      [`${subject} stands`, 'in_review'],
    ],
    'review.approved': ({ subject }) => [[`${subject} stands`, 'approved']],
    'review.returned': ({ subject }) => [[`${subject} stands`, 'returned']],
    'review.withdrawn': ({ subject }) => [[`${subject} stands`, 'withdrawn']],
    'review.called_in': ({ subject, note }) => [[`${note} called in to ${subject}`, '']],
    'review.reassigned': ({ subject, note }) => [[`${note} stands in on ${subject}`, '']],
    'review.commented': ({ after }, note) => [[`comment:${note.get('comment')}`, after]],
    'vote.cast': ({ subject, personId, after }) => [[`vote of person:${personId} on ${subject}`, after]],
    'vote.carried': ({ subject, personId, after }) => [[`vote of person:${personId} on ${subject}`, after]],
  },
  *holds(db) {
    const ended = eq(reviewEnd.reviewId, review.id)
    for (const { row, state } of db
      .select({ row: review, state: reviewEnd.state })
      .from(review)
      .leftJoin(reviewEnd, ended)
      .all()) {
      yield [`review:${row.id}`, rowHash(row)]
      yield [`review:${row.id} stands`, state ?? 'in_review']
    }
    for (const { reviewId, department } of db.select().from(calledIn).all())
      yield [`${department} called in to review:${reviewId}`, '']
    for (const { reviewId, department, personId } of db.select().from(standIn).all())
      yield [`${department} person:${personId} stands in on review:${reviewId}`, '']
    for (const row of db.select().from(reviewComment).all()) yield [`comment:${row.id}`, rowHash(row)]
    for (const row of db.select().from(vote).all())
      yield [`vote of person:${row.personId} on review:${row.reviewId}`, rowHash(row)]
  },
}
