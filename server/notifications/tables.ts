import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { NotificationEvent } from '#server/contract/lists.ts'
import { person } from '#server/people/index.ts'

/**
 * Somebody is told that something happened. `subject` is like "review:7". Without a person it is told to everyone whom
 * its event concerns; then it has no title of its own, since what is public of its subject may change.
 */
export const notification = sqliteTable(
  'notification',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    personId: integer('person_id').references(() => person.id),
    event: text('event').$type<NotificationEvent>().notNull(),
    subject: text('subject').notNull(),
    title: text('title'),
    at: integer('at').notNull(),
  },
  table => [
    index('notification_person').on(table.personId, table.id),
    index('notification_subject').on(table.subject, table.event),
  ],
)

/** A person has read a notification. */
export const notificationRead = sqliteTable(
  'notification_read',
  {
    personId: integer('person_id')
      .notNull()
      .references(() => person.id),
    notificationId: integer('notification_id')
      .notNull()
      .references(() => notification.id),
    at: integer('at').notNull(),
  },
  table => [
    primaryKey({ columns: [table.personId, table.notificationId] }),
    index('notification_read_notification').on(table.notificationId),
  ],
)
