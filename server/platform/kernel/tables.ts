import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Side effects that must follow a commit. A row lives until its effect was carried out; carrying out twice is harmless. */
export const outbox = sqliteTable('outbox', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  effect: text('effect').notNull(),
  subject: text('subject').notNull(),
  createdAt: integer('created_at').notNull(),
})

/** Who did what to what, and when. Never updated, never deleted. `subject` is like "entry:12". */
export const audit = sqliteTable(
  'audit',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    at: integer('at').notNull(),
    personId: integer('person_id'),
    action: text('action').notNull(),
    subject: text('subject').notNull(),
    note: text('note'),
  },
  table => [index('audit_subject').on(table.subject, table.at)],
)

/** Lasting facts about this installation, such as whether it began as a demo. */
export const setting = sqliteTable('setting', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
})
