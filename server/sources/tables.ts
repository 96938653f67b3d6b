import { integer, sqliteTable, text, uniqueIndex, type AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
import type { SourceKind, SourceStatus } from '#server/contract/lists.ts'

/** A regulation, standard or document 依据文件. Days are YYYY-MM-DD. */
export const source = sqliteTable(
  'source',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    key: text('key').notNull(),
    title: text('title').notNull(),
    number: text('number').notNull(),
    issuer: text('issuer').notNull(),
    kind: text('kind').$type<SourceKind>().notNull(),
    issuedOn: text('issued_on'),
    inForceFrom: text('in_force_from'),
    inForceTo: text('in_force_to'),
    supersededBy: integer('superseded_by').references((): AnySQLiteColumn => source.id),
    status: text('status').$type<SourceStatus>().notNull(),
  },
  table => [uniqueIndex('source_key').on(table.key)],
)
