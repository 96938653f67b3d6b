import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * Side effects that must follow a commit. A row lives until its effect was carried out; carrying out twice is harmless.
 * What failed `attempts` times is not tried again before `notBefore`.
 */
export const outbox = sqliteTable('outbox', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  effect: text('effect').notNull(),
  subject: text('subject').notNull(),
  createdAt: integer('created_at').notNull(),
  attempts: integer('attempts').notNull().default(0),
  notBefore: integer('not_before').notNull().default(0),
})

/**
 * Who did what to what, when and from where. `subject` is like "entry:12"; `before` and `after` are hashes of the
 * content; `hash` chains the row to the one before (chain.ts). Ids count from 1 without a gap. Triggers refuse to
 * update or delete a row.
 */
export const audit = sqliteTable(
  'audit',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    at: integer('at').notNull(),
    personId: integer('person_id'),
    fromAddress: text('from_address'),
    action: text('action').notNull(),
    subject: text('subject').notNull(),
    note: text('note'),
    before: text('before'),
    after: text('after'),
    /** Empty only in rows of a service from before the chain, until its next line takes them in. */
    hash: text('hash').notNull().default(''),
  },
  table => [index('audit_subject').on(table.subject, table.at), index('audit_at').on(table.at)],
)

/** Lasting facts about this installation, such as whether it began as a demo. */
export const setting = sqliteTable('setting', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
})
