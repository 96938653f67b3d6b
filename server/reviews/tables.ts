import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
  type AnySQLiteColumn,
} from 'drizzle-orm/sqlite-core'
import type { ReviewKind, RevisionField, VoteVerdict } from '#server/contract/lists.ts'
import { entry, revision, type NewRevision } from '#server/entries/index.ts'
import { department, person } from '#server/people/index.ts'

/**
 * One round of the committee's look at a revision, or at retiring an entry. `required` and `minimum` are what the
 * policy asked when it was opened; `content` is what was submitted, so that no later save can change it.
 */
export const review = sqliteTable(
  'review',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    kind: text('kind').$type<ReviewKind>().notNull(),
    entryId: integer('entry_id')
      .notNull()
      .references(() => entry.id),
    revisionId: integer('revision_id')
      .notNull()
      .references(() => revision.id),
    round: integer('round').notNull(),
    required: text('required', { mode: 'json' }).$type<string[]>().notNull(),
    minimum: integer('minimum').notNull(),
    reason: text('reason'),
    openedBy: integer('opened_by')
      .notNull()
      .references(() => person.id),
    openedAt: integer('opened_at').notNull(),
    dueAt: integer('due_at').notNull(),
    /** Last, since it is long: what comes before it is read without it. */
    content: text('content', { mode: 'json' }).$type<NewRevision>().notNull(),
  },
  table => [
    index('review_revision').on(table.revisionId),
    index('review_entry').on(table.entryId),
    index('review_due').on(table.dueAt),
  ],
)

/** A review is over: approved, returned or withdrawn. One row a review, so two deciding votes cannot both end it. */
export const reviewEnd = sqliteTable('review_end', {
  reviewId: integer('review_id')
    .primaryKey()
    .references(() => review.id),
  state: text('state').$type<'approved' | 'returned' | 'withdrawn'>().notNull(),
  at: integer('at').notNull(),
})

/** Who took a review back before it was decided, and why if they said so. */
export const withdrawal = sqliteTable('withdrawal', {
  reviewId: integer('review_id')
    .primaryKey()
    .references(() => review.id),
  personId: integer('person_id')
    .notNull()
    .references(() => person.id),
  reason: text('reason'),
  at: integer('at').notNull(),
})

/**
 * What an open review waits for: each department that has still to approve, or ANYONE when only the number of approvals
 * is short. Derived from votes and rewritten with them, so that a queue is found by an index; over with the review.
 */
export const reviewWait = sqliteTable(
  'review_wait',
  {
    department: text('department').notNull(),
    reviewId: integer('review_id')
      .notNull()
      .references(() => review.id),
  },
  table => [
    primaryKey({ columns: [table.department, table.reviewId] }),
    index('wait_review').on(table.reviewId),
  ],
)

/** Stands in reviewWait for the department of whoever comes. */
export const ANYONE = ''

/** A member's verdict, for the department of the seat it was cast from; `forPersonId` is whom a delegate stood in for. */
export const vote = sqliteTable(
  'vote',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    reviewId: integer('review_id')
      .notNull()
      .references(() => review.id),
    personId: integer('person_id')
      .notNull()
      .references(() => person.id),
    department: text('department')
      .notNull()
      .references(() => department.slug),
    forPersonId: integer('for_person_id').references(() => person.id),
    verdict: text('verdict').$type<VoteVerdict>().notNull(),
    reason: text('reason'),
    /** The round in which this approval was given, when it still stands because nothing of weight changed. */
    carriedFrom: integer('carried_from').references((): AnySQLiteColumn => review.id),
    at: integer('at').notNull(),
  },
  table => [uniqueIndex('vote_once').on(table.reviewId, table.personId)],
)

export const reviewComment = sqliteTable(
  'review_comment',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    reviewId: integer('review_id')
      .notNull()
      .references(() => review.id),
    personId: integer('person_id')
      .notNull()
      .references(() => person.id),
    field: text('field').$type<RevisionField>().notNull(),
    paragraph: integer('paragraph'),
    text: text('text').notNull(),
    at: integer('at').notNull(),
  },
  table => [index('comment_review').on(table.reviewId)],
)

/** A department that somebody asked to approve as well. */
export const calledIn = sqliteTable(
  'called_in',
  {
    reviewId: integer('review_id')
      .notNull()
      .references(() => review.id),
    department: text('department')
      .notNull()
      .references(() => department.slug),
    personId: integer('person_id')
      .notNull()
      .references(() => person.id),
    at: integer('at').notNull(),
  },
  table => [primaryKey({ columns: [table.reviewId, table.department] })],
)

/** A member's seat is spoken for by somebody else between two instants. */
export const delegation = sqliteTable(
  'delegation',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    fromPersonId: integer('from_person_id')
      .notNull()
      .references(() => person.id),
    toPersonId: integer('to_person_id')
      .notNull()
      .references(() => person.id),
    fromAt: integer('from_at').notNull(),
    untilAt: integer('until_at').notNull(),
  },
  table => [index('delegation_to').on(table.toPersonId)],
)

/** A delegation was ended before its time, by who gave it or by the chair. */
export const delegationEnd = sqliteTable('delegation_end', {
  delegationId: integer('delegation_id')
    .primaryKey()
    .references(() => delegation.id),
  personId: integer('person_id')
    .notNull()
    .references(() => person.id),
  at: integer('at').notNull(),
})

/** The chair lets a member speak for a department in one review. */
export const standIn = sqliteTable(
  'stand_in',
  {
    reviewId: integer('review_id')
      .notNull()
      .references(() => review.id),
    department: text('department')
      .notNull()
      .references(() => department.slug),
    personId: integer('person_id')
      .notNull()
      .references(() => person.id),
    byPersonId: integer('by_person_id')
      .notNull()
      .references(() => person.id),
    at: integer('at').notNull(),
  },
  table => [primaryKey({ columns: [table.reviewId, table.department, table.personId] })],
)
