import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Category, EntryKind, TaskKind } from '#server/contract/lists.ts'
import { person } from '#server/people/index.ts'
import { entry, revision } from './tables.ts'

/** What the committee asks of a kind and category. The latest row of a pair holds; earlier ones stay to tell what held. */
export const policy = sqliteTable('policy', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  kind: text('kind').$type<EntryKind>().notNull(),
  category: text('category').$type<Category>(),
  departments: text('departments', { mode: 'json' }).$type<string[]>().notNull(),
  minimum: integer('minimum').notNull(),
  daysToDecide: integer('days_to_decide').notNull(),
  verifyDays: integer('verify_days').notNull(),
  fastLane: integer('fast_lane', { mode: 'boolean' }).notNull(),
  keepApprovals: integer('keep_approvals', { mode: 'boolean' }).notNull(),
  hideOverdue: integer('hide_overdue', { mode: 'boolean' }).notNull(),
  hideSuperseded: integer('hide_superseded', { mode: 'boolean' }).notNull(),
  feedbackWarning: integer('feedback_warning').notNull(),
  feedbackDays: integer('feedback_days').notNull(),
  personId: integer('person_id').references(() => person.id),
  at: integer('at').notNull(),
})

/** Somebody looked at a published revision and found it still right; it is to be verified again by `verifyBy`. */
export const verification = sqliteTable(
  'verification',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    revisionId: integer('revision_id')
      .notNull()
      .references(() => revision.id),
    personId: integer('person_id')
      .notNull()
      .references(() => person.id),
    verifyBy: integer('verify_by').notNull(),
    at: integer('at').notNull(),
  },
  table => [index('verification_revision').on(table.revisionId), index('verification_by').on(table.verifyBy)],
)

/**
 * Work for the owner of a published revision: agents reported it, a source it cites was replaced, or an entry that it, a
 * script, quotes has changed. Without a person the service opened it.
 */
export const entryTask = sqliteTable(
  'entry_task',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    kind: text('kind').$type<TaskKind>().notNull(),
    entryId: integer('entry_id')
      .notNull()
      .references(() => entry.id),
    revisionId: integer('revision_id')
      .notNull()
      .references(() => revision.id),
    paragraph: integer('paragraph'),
    words: text('words'),
    personId: integer('person_id').references(() => person.id),
    callId: integer('call_id'),
    /** The quoted entry that has changed, and what of it was in force then; null when nothing was. */
    quotedEntryId: integer('quoted_entry_id').references(() => entry.id),
    quotedRevisionId: integer('quoted_revision_id').references(() => revision.id),
    /** The page's own mark of a report, so that one sent again is not a second one. */
    sendKey: text('send_key'),
    at: integer('at').notNull(),
    dueAt: integer('due_at').notNull(),
  },
  table => [
    index('task_entry').on(table.entryId),
    index('task_due').on(table.dueAt),
    uniqueIndex('task_sent').on(table.personId, table.sendKey),
  ],
)

/** A task was handled without a new revision; without a person the service found that it was over. */
export const entryTaskEnd = sqliteTable('entry_task_end', {
  taskId: integer('task_id')
    .primaryKey()
    .references(() => entryTask.id),
  personId: integer('person_id').references(() => person.id),
  words: text('words').notNull(),
  at: integer('at').notNull(),
})
