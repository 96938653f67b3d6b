import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Category } from '#server/contract/lists.ts'
import { callSearch } from '#server/calls/index.ts'
import { person } from '#server/people/index.ts'
import { question } from '#server/questions/index.ts'

/** Unanswered queries that are alike 知识缺口. `text` is the wording that began it. */
export const gap = sqliteTable('gap', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  text: text('text').notNull(),
  folded: text('folded').notNull(),
  category: text('category').$type<Category>().notNull(),
  department: text('department').notNull(),
  beganAt: integer('began_at').notNull(),
})

/** A search of a call that nothing answered with confidence and that ended without being resolved, in its group. */
export const gapQuery = sqliteTable(
  'gap_query',
  {
    searchId: integer('search_id')
      .primaryKey()
      .references(() => callSearch.id),
    gapId: integer('gap_id')
      .notNull()
      .references(() => gap.id),
    at: integer('at').notNull(),
  },
  table => [index('gap_query_gap').on(table.gapId, table.at), index('gap_query_at').on(table.at)],
)

/** What a supervisor decided of a gap; the latest row of a gap holds. */
export const gapMark = sqliteTable(
  'gap_mark',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    gapId: integer('gap_id')
      .notNull()
      .references(() => gap.id),
    kind: text('kind').$type<'ignored' | 'restored' | 'assigned' | 'questioned'>().notNull(),
    ownerId: integer('owner_id').references(() => person.id),
    questionId: integer('question_id').references(() => question.id),
    reason: text('reason'),
    personId: integer('person_id')
      .notNull()
      .references(() => person.id),
    at: integer('at').notNull(),
  },
  table => [index('gap_mark_gap').on(table.gapId)],
)
