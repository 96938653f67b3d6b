import { index, integer, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { CopiedPart, OpenedHow, Verdict } from '#server/contract/lists.ts'
import { entry, revision } from '#server/entries/index.ts'
import { person } from '#server/people/index.ts'

/** One conversation 来电. Numbers are kept only as a keyed hash and their last four digits. */
export const call = sqliteTable(
  'call',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    personId: integer('person_id')
      .notNull()
      .references(() => person.id),
    /** The telephone system's own id, as a keyed hash: it is compared, never shown. */
    externalId: text('external_id'),
    callerHash: text('caller_hash'),
    callerLast4: text('caller_last4'),
    accountHash: text('account_hash'),
    accountLast4: text('account_last4'),
    area: text('area'),
    topic: text('topic'),
    startedAt: integer('started_at').notNull(),
    endedAt: integer('ended_at'),
  },
  table => [
    uniqueIndex('call_external').on(table.personId, table.externalId),
    index('call_caller').on(table.callerHash, table.startedAt),
    index('call_account').on(table.accountHash, table.startedAt),
    index('call_open').on(table.personId, table.endedAt),
    index('call_started').on(table.startedAt),
  ],
)

/** A query of a call as it stood when the typing paused; numbers in it are masked. */
export const callSearch = sqliteTable(
  'call_search',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    callId: integer('call_id')
      .notNull()
      .references(() => call.id),
    query: text('query').notNull(),
    total: integer('total').notNull(),
    confident: integer('confident', { mode: 'boolean' }).notNull(),
    /** The first results shown, such as ["entry:12","notice:3"]. */
    shown: text('shown', { mode: 'json' }).$type<string[]>().notNull(),
    tookMs: real('took_ms').notNull(),
    at: integer('at').notNull(),
  },
  table => [index('call_search_call').on(table.callId)],
)

/** An entry was opened to be read: how, and at which rank of the results (1 = first). */
export const entryOpening = sqliteTable(
  'entry_opening',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    callId: integer('call_id')
      .notNull()
      .references(() => call.id),
    personId: integer('person_id')
      .notNull()
      .references(() => person.id),
    entryId: integer('entry_id')
      .notNull()
      .references(() => entry.id),
    revisionNumber: integer('revision_number').notNull(),
    how: text('how').$type<OpenedHow>().notNull(),
    rank: integer('rank'),
    at: integer('at').notNull(),
  },
  table => [
    index('opening_call').on(table.callId),
    index('opening_person').on(table.personId, table.at),
    index('opening_at').on(table.at),
  ],
)

export const entryCopy = sqliteTable(
  'entry_copy',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    callId: integer('call_id')
      .notNull()
      .references(() => call.id),
    entryId: integer('entry_id')
      .notNull()
      .references(() => entry.id),
    part: text('part').$type<CopiedPart>().notNull(),
    at: integer('at').notNull(),
  },
  table => [index('copy_call').on(table.callId)],
)

/** How a call ended, in the agent's word. The latest row of a call holds; earlier ones stay. */
export const callOutcome = sqliteTable(
  'call_outcome',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    callId: integer('call_id')
      .notNull()
      .references(() => call.id),
    verdict: text('verdict').$type<Verdict>().notNull(),
    entryId: integer('entry_id').references(() => entry.id),
    revisionId: integer('revision_id').references(() => revision.id),
    scriptId: integer('script_id').references(() => entry.id),
    scriptRevisionId: integer('script_revision_id').references(() => revision.id),
    wrapCode: text('wrap_code'),
    note: text('note'),
    at: integer('at').notNull(),
  },
  table => [index('outcome_call').on(table.callId), index('outcome_entry').on(table.entryId, table.at)],
)

/** A step of a script 话术 that the agent came to, in order; `branch` is the one taken to it, its index in the step it leads from. */
export const scriptStep = sqliteTable(
  'script_step',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    callId: integer('call_id')
      .notNull()
      .references(() => call.id),
    scriptId: integer('script_id')
      .notNull()
      .references(() => entry.id),
    revisionId: integer('revision_id')
      .notNull()
      .references(() => revision.id),
    step: integer('step').notNull(),
    branch: integer('branch'),
    note: text('note'),
    at: integer('at').notNull(),
  },
  table => [
    index('script_step_call').on(table.callId),
    index('script_step_script').on(table.scriptId, table.at),
  ],
)
