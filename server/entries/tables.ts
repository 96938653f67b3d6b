import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Scope } from '#server/contract/entry.ts'
import type { Category, EntryKind, Label } from '#server/contract/lists.ts'
import { department, person } from '#server/people/index.ts'
import { source } from '#server/sources/index.ts'

/** The lasting thing 知识条目. What it says is in its revisions; whether it is in force, in publication and retirement. */
export const entry = sqliteTable(
  'entry',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** The file name of imported content; null for entries written here. */
    key: text('key'),
    createdAt: integer('created_at').notNull(),
  },
  table => [uniqueIndex('entry_key').on(table.key)],
)

/**
 * The text of an entry 修订稿. `number` counts from 1 within the entry. A draft is saved in place until it is submitted;
 * from then on its text stands still, but for the rounds after a return, whose texts the reviews keep.
 */
export const revision = sqliteTable(
  'revision',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    entryId: integer('entry_id')
      .notNull()
      .references(() => entry.id),
    number: integer('number').notNull(),
    kind: text('kind').$type<EntryKind>().notNull(),
    category: text('category').$type<Category>().notNull(),
    topic: text('topic').notNull(),
    ownerDepartment: text('owner_department')
      .notNull()
      .references(() => department.slug),
    standardQuestion: text('standard_question').notNull(),
    similarQuestions: text('similar_questions', { mode: 'json' }).$type<string[]>().notNull(),
    say: text('say').notNull(),
    body: text('body').notNull(),
    scope: text('scope', { mode: 'json' }).$type<Scope>().notNull(),
    tags: text('tags', { mode: 'json' }).$type<string[]>().notNull(),
    labels: text('labels', { mode: 'json' }).$type<Label[]>().notNull(),
    validFrom: integer('valid_from'),
    validUntil: integer('valid_until'),
    verifyBy: integer('verify_by'),
    authorId: integer('author_id').references(() => person.id),
    createdAt: integer('created_at').notNull(),
    /** Grows with each save of a draft; what If-Match is compared with. */
    version: integer('version').notNull().default(1),
    updatedAt: integer('updated_at').notNull().default(0),
    /** SHA-256 of the imported file's text; null for revisions written here. */
    importHash: text('import_hash'),
  },
  table => [
    uniqueIndex('revision_number').on(table.entryId, table.number),
    index('revision_valid_until').on(table.validUntil),
    index('revision_valid_from').on(table.validFrom),
  ],
)

/**
 * Everyone who wrote on a revision, and who was asked to by an author (`addedBy`) and has not yet; none of them may vote
 * on it.
 */
export const revisionAuthor = sqliteTable(
  'revision_author',
  {
    revisionId: integer('revision_id')
      .notNull()
      .references(() => revision.id),
    personId: integer('person_id')
      .notNull()
      .references(() => person.id),
    addedBy: integer('added_by').references(() => person.id),
  },
  table => [
    primaryKey({ columns: [table.revisionId, table.personId] }),
    index('author_person').on(table.personId),
  ],
)

/** One citation of a revision; `position` keeps their order. */
export const revisionBasis = sqliteTable(
  'revision_basis',
  {
    revisionId: integer('revision_id')
      .notNull()
      .references(() => revision.id),
    position: integer('position').notNull(),
    sourceId: integer('source_id')
      .notNull()
      .references(() => source.id),
    clause: text('clause'),
  },
  table => [
    primaryKey({ columns: [table.revisionId, table.position] }),
    index('basis_source').on(table.sourceId),
  ],
)

/** Someone's word, for a department, that a revision may be published. The founding approval has no person. */
export const approval = sqliteTable(
  'approval',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    revisionId: integer('revision_id')
      .notNull()
      .references(() => revision.id),
    department: text('department')
      .notNull()
      .references(() => department.slug),
    personId: integer('person_id').references(() => person.id),
    at: integer('at').notNull(),
  },
  table => [index('approval_revision').on(table.revisionId)],
)

/** A revision was put in force. The latest one whose validFrom has come is what agents see. */
export const publication = sqliteTable(
  'publication',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    entryId: integer('entry_id')
      .notNull()
      .references(() => entry.id),
    revisionId: integer('revision_id')
      .notNull()
      .references(() => revision.id),
    at: integer('at').notNull(),
    /** When a publication by the fast lane 快审 lapses by itself; null once the committee has approved. */
    until: integer('until'),
    /** Why it could not wait for the committee; null for any other publication. */
    reason: text('reason'),
  },
  table => [index('publication_entry').on(table.entryId), index('publication_revision').on(table.revisionId)],
)

/** A fast-lane publication was ended before its time, because the committee returned the revision. */
export const publicationEnd = sqliteTable('publication_end', {
  publicationId: integer('publication_id')
    .primaryKey()
    .references(() => publication.id),
  at: integer('at').notNull(),
})

/** An entry was taken out of force after `publicationId`, the last one it had. */
export const retirement = sqliteTable(
  'retirement',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    entryId: integer('entry_id')
      .notNull()
      .references(() => entry.id),
    publicationId: integer('publication_id')
      .notNull()
      .references(() => publication.id),
    personId: integer('person_id').references(() => person.id),
    reason: text('reason').notNull(),
    at: integer('at').notNull(),
  },
  table => [index('retirement_entry').on(table.entryId)],
)

/** An entry a person marked to find again. */
export const favourite = sqliteTable(
  'favourite',
  {
    personId: integer('person_id')
      .notNull()
      .references(() => person.id),
    entryId: integer('entry_id')
      .notNull()
      .references(() => entry.id),
    at: integer('at').notNull(),
  },
  table => [primaryKey({ columns: [table.personId, table.entryId] })],
)
