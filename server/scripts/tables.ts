import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Severity } from '#server/contract/script-lists.ts'
import type { NewPractice, Principle } from '#server/contract/script-use.ts'
import { entry, revision } from '#server/entries/index.ts'
import { person } from '#server/people/index.ts'

/** One run 演练 through a script against its branches, in the word of whoever practised. */
export const practice = sqliteTable(
  'practice',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    personId: integer('person_id')
      .notNull()
      .references(() => person.id),
    scriptId: integer('script_id')
      .notNull()
      .references(() => entry.id),
    revisionId: integer('revision_id')
      .notNull()
      .references(() => revision.id),
    seconds: integer('seconds').notNull(),
    path: text('path', { mode: 'json' }).$type<NewPractice['path']>().notNull(),
    met: text('met', { mode: 'json' }).$type<Principle[]>().notNull(),
    note: text('note'),
    at: integer('at').notNull(),
  },
  table => [
    index('practice_person').on(table.personId),
    index('practice_script').on(table.scriptId, table.at),
    index('practice_at').on(table.at),
  ],
)

/** A rule that a script broke when it was submitted, also where the submission was refused for it; one row a rule and attempt. */
export const scriptViolation = sqliteTable(
  'script_violation',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    revisionId: integer('revision_id')
      .notNull()
      .references(() => revision.id),
    rule: text('rule').notNull(),
    severity: text('severity').$type<Severity>().notNull(),
    at: integer('at').notNull(),
  },
  table => [index('violation_at').on(table.at)],
)
