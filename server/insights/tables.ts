import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { GapMarkKind } from '#server/contract/gap.ts'
import type { Category } from '#server/contract/lists.ts'
import { call, callSearch } from '#server/calls/index.ts'
import { person } from '#server/people/index.ts'
import { question } from '#server/questions/index.ts'

/**
 * Unanswered queries that are alike 知识缺口. `text` is the wording that began it. Category and department are guessed
 * from the nearest entry; those of a question that was asked in it replace them.
 */
export const gap = sqliteTable(
  'gap',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    text: text('text').notNull(),
    category: text('category').$type<Category>().notNull(),
    department: text('department').notNull(),
    beganAt: integer('began_at').notNull(),
  },
  table => [index('gap_category').on(table.category), index('gap_department').on(table.department)],
)

/**
 * What a call asked in vain, in its group: a search that nothing answered with confidence, a question raised, or both
 * when one call has them. `wording` is the text as it is compared. Removed again when its call turns out resolved.
 */
export const gapQuery = sqliteTable(
  'gap_query',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    gapId: integer('gap_id')
      .notNull()
      .references(() => gap.id),
    searchId: integer('search_id').references(() => callSearch.id),
    questionId: integer('question_id').references(() => question.id),
    callId: integer('call_id').references(() => call.id),
    personId: integer('person_id')
      .notNull()
      .references(() => person.id),
    wording: text('wording').notNull(),
    at: integer('at').notNull(),
  },
  table => [
    uniqueIndex('gap_query_search').on(table.searchId),
    uniqueIndex('gap_query_question').on(table.questionId),
    index('gap_query_gap').on(table.gapId, table.at, table.callId, table.personId),
    index('gap_query_call').on(table.callId),
    index('gap_query_wording').on(table.wording),
  ],
)

/** What a supervisor decided of a gap. The latest row says whether it is ignored; owner and question are the last named. */
export const gapMark = sqliteTable(
  'gap_mark',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    gapId: integer('gap_id')
      .notNull()
      .references(() => gap.id),
    kind: text('kind').$type<GapMarkKind>().notNull(),
    ownerId: integer('owner_id').references(() => person.id),
    questionId: integer('question_id').references(() => question.id),
    reason: text('reason'),
    personId: integer('person_id')
      .notNull()
      .references(() => person.id),
    at: integer('at').notNull(),
  },
  table => [index('gap_mark_gap').on(table.gapId), index('gap_mark_question').on(table.questionId)],
)
