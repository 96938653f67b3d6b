import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { NoticeKind } from '#server/contract/lists.ts'
import { person } from '#server/people/index.ts'

/** A grid status notice 电网状态通知. It is in force from postedAt until endsAt; nothing has to end it. */
export const notice = sqliteTable(
  'notice',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    kind: text('kind').$type<NoticeKind>().notNull(),
    areas: text('areas', { mode: 'json' }).$type<string[]>().notNull(),
    line: text('line'),
    reason: text('reason'),
    startsAt: integer('starts_at').notNull(),
    endsAt: integer('ends_at').notNull(),
    estimate: integer('estimate'),
    nextUpdateAt: integer('next_update_at'),
    say: text('say').notNull(),
    postedAt: integer('posted_at').notNull(),
    postedBy: integer('posted_by').references(() => person.id),
  },
  table => [index('notice_ends_at').on(table.endsAt)],
)
