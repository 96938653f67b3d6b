import { Type, type Static } from 'typebox'
import { EntryLink } from './entry.ts'
import { FEEDBACK_KINDS, REPORT_STATES, SOURCE_KINDS, TASK_KINDS } from './lists.ts'
import { Day, Id, Instant, Page, ShortText, Slug, nullable, oneOf } from './shapes.ts'

/**
 * A report from a call on an entry, or on one paragraph (from 0) of its body. `sendKey` is the page's own mark: what one
 * person sends again under the same mark, as after an answer that was lost, is the same report.
 */
export const NewFeedback = Type.Object(
  {
    kind: oneOf(FEEDBACK_KINDS),
    paragraph: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
    words: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
    callId: Type.Optional(Id),
    sendKey: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9-]{8,64}$' })),
  },
  { additionalProperties: false },
)
export type NewFeedback = Static<typeof NewFeedback>

/** What one reported and what came of it; the entry is null once it is not in force. `answer` is the owner's word. */
export const ReportView = Type.Object({
  id: Id,
  kind: oneOf(FEEDBACK_KINDS),
  entry: nullable(EntryLink),
  paragraph: nullable(Type.Integer()),
  words: nullable(Type.String()),
  at: Instant,
  dueAt: Instant,
  state: oneOf(REPORT_STATES),
  answer: nullable(Type.String()),
  answeredAt: nullable(Instant),
})
export type ReportView = Static<typeof ReportView>
export const ReportQuery = Type.Object(Page)
export type ReportQuery = Static<typeof ReportQuery>
export const ReportList = Type.Object({ total: Type.Integer(), reports: Type.Array(ReportView) })
export type ReportList = Static<typeof ReportList>

/**
 * Work for the owner of a published entry; over when handled, or when a newer revision is in force. `quoted` is what the
 * paragraph says, at most 300 characters. `quote` is the entry that a script quotes and that has changed: its title and
 * the revision now in force, null when none is. Nobody raised what the service found.
 */
export const TaskView = Type.Object({
  id: Id,
  kind: oneOf(TASK_KINDS),
  entry: EntryLink,
  department: Slug,
  paragraph: nullable(Type.Integer()),
  quoted: nullable(Type.String()),
  words: nullable(Type.String()),
  quote: nullable(Type.Object({ id: Id, title: Type.String(), revision: nullable(Type.Integer()) })),
  raisedBy: nullable(Type.String()),
  at: Instant,
  dueAt: Instant,
})
export type TaskView = Static<typeof TaskView>

export const TaskQuery = Type.Object({
  ...Page,
  department: Type.Optional(Slug),
  kind: Type.Optional(oneOf(TASK_KINDS)),
})
export type TaskQuery = Static<typeof TaskQuery>
export const TaskList = Type.Object({ total: Type.Integer(), tasks: Type.Array(TaskView) })
export type TaskList = Static<typeof TaskList>

/** Why a task is over without a new revision; who reported it reads this. */
export const TaskEnding = Type.Object(
  { words: Type.String({ minLength: 1, maxLength: 500 }) },
  { additionalProperties: false },
)
export type TaskEnding = Static<typeof TaskEnding>

/** An entry to verify: `overdueDays` is negative before it is due, `openings` of the last 30 days, `weight` their product. */
export const VerificationItem = Type.Object({
  entry: EntryLink,
  department: Slug,
  verifyBy: Instant,
  overdueDays: Type.Integer(),
  openings: Type.Integer(),
  weight: Type.Number(),
})
export type VerificationItem = Static<typeof VerificationItem>

export const VerificationQuery = Type.Object({
  ...Page,
  department: Type.Optional(Slug),
  /** How many days ahead to look; 0 lists what is overdue. */
  within: Type.Integer({ minimum: 0, maximum: 365, default: 30 }),
})
export type VerificationQuery = Static<typeof VerificationQuery>
export const VerificationList = Type.Object({ total: Type.Integer(), items: Type.Array(VerificationItem) })
export type VerificationList = Static<typeof VerificationList>
export const Verified = Type.Object({ verifyBy: Instant })

/** A document for the register. */
export const NewSource = Type.Object(
  {
    title: ShortText,
    number: ShortText,
    issuer: ShortText,
    kind: oneOf(SOURCE_KINDS),
    issuedOn: Type.Optional(Day),
    inForceFrom: Type.Optional(Day),
    inForceTo: Type.Optional(Day),
  },
  { additionalProperties: false },
)
export type NewSource = Static<typeof NewSource>

/** What replaces a source, and the entries that cite the old one. */
export const Supersession = Type.Object({ by: Id }, { additionalProperties: false })
export const Superseded = Type.Object({ entries: Type.Array(EntryLink) })
export type Superseded = Static<typeof Superseded>
