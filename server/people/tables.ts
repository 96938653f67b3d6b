import { integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Role } from '#server/contract/lists.ts'

export const department = sqliteTable('department', {
  slug: text('slug').primaryKey(),
  name: text('name').notNull(),
  nameEn: text('name_en').notNull(),
  position: integer('position').notNull(),
})

/** `passwordHash` is null for demo personas, who have no password to sign in with. */
export const person = sqliteTable(
  'person',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    workNo: text('work_no').notNull(),
    name: text('name').notNull(),
    department: text('department')
      .notNull()
      .references(() => department.slug),
    passwordHash: text('password_hash'),
    persona: text('persona'),
    /** Where mail is sent to, if at all. */
    email: text('email'),
    createdAt: integer('created_at').notNull(),
    leftAt: integer('left_at'),
  },
  table => [uniqueIndex('person_work_no').on(table.workNo)],
)

export const personRole = sqliteTable(
  'person_role',
  {
    personId: integer('person_id')
      .notNull()
      .references(() => person.id),
    role: text('role').$type<Role>().notNull(),
  },
  table => [primaryKey({ columns: [table.personId, table.role] })],
)

/** A seat on the committee 知识库运维小组, held for a department from one day until it is given up. */
export const committeeSeat = sqliteTable('committee_seat', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  personId: integer('person_id')
    .notNull()
    .references(() => person.id),
  department: text('department')
    .notNull()
    .references(() => department.slug),
  heldFrom: integer('held_from').notNull(),
  heldUntil: integer('held_until'),
})

/** A signed-in browser. Only the hash of its token is kept. */
export const session = sqliteTable('session', {
  tokenHash: text('token_hash').primaryKey(),
  personId: integer('person_id')
    .notNull()
    .references(() => person.id),
  createdAt: integer('created_at').notNull(),
  lastSeenAt: integer('last_seen_at').notNull(),
})
