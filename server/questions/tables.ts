import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type {
  CallbackResult,
  Category,
  QuestionState,
  QuestionStepKind,
  Urgency,
} from '#server/contract/lists.ts'
import type { QuestionPolicy } from '#server/contract/routing.ts'
import { call } from '#server/calls/index.ts'
import { entry, revision } from '#server/entries/index.ts'
import { department, person } from '#server/people/index.ts'

/**
 * One asking 待答问题, in the customer's words with numbers masked. The columns from `urgency` on are where its steps
 * have led (rules.ts); they are written with each step, only to be found by index. A merged one has `leadId`.
 */
export const question = sqliteTable(
  'question',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    text: text('text').notNull(),
    /** The text as it is compared: two askings of one folded wording are one question. */
    folded: text('folded').notNull(),
    personId: integer('person_id')
      .notNull()
      .references(() => person.id),
    callId: integer('call_id').references(() => call.id),
    query: text('query'),
    shown: text('shown', { mode: 'json' }).$type<string[]>().notNull(),
    /** What the page sent it under, so that sending twice raises once. */
    idempotencyKey: text('idempotency_key'),
    raisedAt: integer('raised_at').notNull(),
    category: text('category').$type<Category>().notNull(),
    urgency: text('urgency').$type<Urgency>().notNull(),
    state: text('state').$type<QuestionState>().notNull(),
    leadId: integer('lead_id'),
    department: text('department')
      .notNull()
      .references(() => department.slug),
    takerId: integer('taker_id').references(() => person.id),
    dueAt: integer('due_at').notNull(),
    escalation: integer('escalation').notNull().default(0),
    endedAt: integer('ended_at'),
  },
  table => [
    uniqueIndex('question_key').on(table.personId, table.idempotencyKey),
    index('question_folded').on(table.folded),
    index('question_lead').on(table.leadId),
    // all that a list is narrowed and ordered by, so that it is made without a look at the rows
    index('question_queue').on(
      table.state,
      table.department,
      table.category,
      table.urgency,
      table.dueAt,
      table.takerId,
      table.personId,
    ),
    index('question_person').on(table.personId, table.state),
    index('question_taker').on(table.takerId),
    index('question_call').on(table.callId),
    index('question_raised').on(table.raisedAt),
  ],
)

/** Every step of a question: never changed, never deleted. `otherId` is the question it was merged into. */
export const questionStep = sqliteTable(
  'question_step',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    questionId: integer('question_id')
      .notNull()
      .references(() => question.id),
    kind: text('kind').$type<QuestionStepKind>().notNull(),
    personId: integer('person_id').references(() => person.id),
    department: text('department'),
    reason: text('reason'),
    otherId: integer('other_id'),
    revisionId: integer('revision_id').references(() => revision.id),
    dueAt: integer('due_at'),
    /** What it is from this step on; only where the step says so. */
    urgency: text('urgency').$type<Urgency>(),
    at: integer('at').notNull(),
  },
  table => [index('step_question').on(table.questionId), index('step_kind').on(table.kind, table.at)],
)

/** The revision written to answer a question, new or of an entry that was there. The latest row of a question holds. */
export const questionAnswer = sqliteTable(
  'question_answer',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    questionId: integer('question_id')
      .notNull()
      .references(() => question.id),
    entryId: integer('entry_id')
      .notNull()
      .references(() => entry.id),
    revisionId: integer('revision_id')
      .notNull()
      .references(() => revision.id),
    personId: integer('person_id')
      .notNull()
      .references(() => person.id),
    isExisting: integer('is_existing', { mode: 'boolean' }).notNull(),
    at: integer('at').notNull(),
  },
  table => [index('answer_question').on(table.questionId), index('answer_revision').on(table.revisionId)],
)

/**
 * A customer who is to be called back 回拨, on the asking it belongs to. Name and number are sealed (platform/kernel/vault);
 * `purgedAt` says when they were deleted. `numberHash` is the calls' keyed hash, to tell the same customer again.
 */
export const callback = sqliteTable(
  'callback',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    questionId: integer('question_id')
      .notNull()
      .references(() => question.id),
    holderId: integer('holder_id')
      .notNull()
      .references(() => person.id),
    sealedName: text('sealed_name'),
    sealedPhone: text('sealed_phone'),
    numberHash: text('number_hash'),
    last4: text('last4'),
    consentAt: integer('consent_at').notNull(),
    purgedAt: integer('purged_at'),
  },
  table => [
    uniqueIndex('callback_question').on(table.questionId),
    index('callback_holder').on(table.holderId),
  ],
)

/** A try to reach the customer. `answeredBy` is the publication it told of, null when it told of a refusal. */
export const callbackTry = sqliteTable(
  'callback_try',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    callbackId: integer('callback_id')
      .notNull()
      .references(() => callback.id),
    personId: integer('person_id')
      .notNull()
      .references(() => person.id),
    result: text('result').$type<CallbackResult>().notNull(),
    solved: integer('solved', { mode: 'boolean' }),
    retryAt: integer('retry_at'),
    note: text('note'),
    revisionId: integer('revision_id').references(() => revision.id),
    at: integer('at').notNull(),
  },
  table => [index('try_callback').on(table.callbackId)],
)

/** A call-back was handed to another agent. */
export const callbackHandover = sqliteTable('callback_handover', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  callbackId: integer('callback_id')
    .notNull()
    .references(() => callback.id),
  personId: integer('person_id')
    .notNull()
    .references(() => person.id),
  toPersonId: integer('to_person_id')
    .notNull()
    .references(() => person.id),
  at: integer('at').notNull(),
})

/** Who leads and who supports for a category 归口管理; the latest row of a category holds. */
export const routing = sqliteTable('routing', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  category: text('category').$type<Category>().notNull(),
  lead: text('lead')
    .notNull()
    .references(() => department.slug),
  supporting: text('supporting', { mode: 'json' }).$type<string[]>().notNull(),
  personId: integer('person_id').references(() => person.id),
  at: integer('at').notNull(),
})

/** What is promised for questions and call-backs; the latest row holds. */
export const questionPolicy = sqliteTable('question_policy', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  content: text('content', { mode: 'json' }).$type<QuestionPolicy>().notNull(),
  personId: integer('person_id').references(() => person.id),
  at: integer('at').notNull(),
})
