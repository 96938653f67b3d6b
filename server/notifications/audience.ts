import { and, eq, inArray, isNull, ne, not, sql } from 'drizzle-orm'
import { FEEDBACK_KINDS, type NotificationEvent } from '#server/contract/lists.ts'
import type { Reader } from '#server/platform/db/db.ts'
import {
  authorsOf,
  entryTask,
  entryTaskEnd,
  publishedRevisions,
  revision,
  revisionBasis,
  revisionRow,
  revisionsInForce,
} from '#server/entries/index.ts'
import { peopleWith } from '#server/people/index.ts'
import { askersOf, peopleTakingPart, peopleWaitedFor, reviewRow } from '#server/reviews/index.ts'
import { source } from '#server/sources/index.ts'
import { QUESTION_AUDIENCES } from './question-audience.ts'
import { notification } from './tables.ts'

/** One person, or everyone (null) whom the event concerns, is to be told of a subject. */
export interface Telling {
  personId: number | null
  subject: string
  title: string | null
}

export type Audience = (db: Reader, now: number, subject: string, id: number) => Telling[]

/** Whom each event is told to, and under which title. Each kind of subject is found by its id. */
export const AUDIENCES: Record<NotificationEvent, Audience> = {
  'review.opened': waitedFor,
  'review.due': (db, now, subject, id) => {
    const waited = waitedFor(db, now, subject, id)
    return waited.length > 0 ? waited : chairs(db, subject, id)
  },
  'review.overdue': (db, now, subject, id) => {
    const waited = waitedFor(db, now, subject, id)
    const people = new Set(waited.map(one => one.personId))
    return [...waited, ...chairs(db, subject, id).filter(one => !people.has(one.personId))]
  },
  'review.returned': (db, _now, subject, id) =>
    told(askersOf(db, reviewRow(db, id)), subject, reviewTitle(db, id)),
  'review.withdrawn': (db, now, subject, id) =>
    told(peopleTakingPart(db, now, id), subject, reviewTitle(db, id)),
  'revision.published': published,
  'source.superseded': (db, _now, subject, id) =>
    told(
      ownersCiting(db, id),
      subject,
      db.select().from(source).where(eq(source.id, id)).get()?.title ?? null,
    ),
  'quote.updated': ownersOf,
  'feedback.given': ownersOf,
  'feedback.answered': (db, now, subject, id) =>
    subject.startsWith('task:') ? reporterOf(db, id) : reportersOfRevised(db, now, id),
  'verification.due': ownersOf,
  'notice.posted': (_db, _now, subject) => told([null], subject, null),
  ...QUESTION_AUDIENCES,
}

const told = (people: readonly (number | null)[], subject: string, title: string | null): Telling[] =>
  people.map(personId => ({ personId, subject, title }))

const reviewTitle = (db: Reader, id: number): string | null => reviewRow(db, id).content.standardQuestion

const chairs = (db: Reader, subject: string, id: number): Telling[] =>
  told(peopleWith(db, ['chair']), subject, reviewTitle(db, id))

function waitedFor(db: Reader, now: number, subject: string, id: number): Telling[] {
  return told(peopleWaitedFor(db, now, id), subject, reviewTitle(db, id))
}

/** `revision:7` is told to its authors and, once it is in force, to everyone; `entry:3` to everyone alone. */
function published(db: Reader, now: number, subject: string, id: number): Telling[] {
  if (subject.startsWith('entry:'))
    return told(publishedRevisions(db, now, [id]).length > 0 ? [null] : [], subject, null)
  const { entryId, standardQuestion } = revisionRow(db, id)
  const [current] = publishedRevisions(db, now, [entryId])
  const authors = authorsOf(db, id).map(author => author.id)
  const everyone = current?.revisionId === id ? [null] : []
  return [...told(authors, `entry:${entryId}`, standardQuestion), ...told(everyone, `entry:${entryId}`, null)]
}

/** Also of an entry that a policy hides from agents: only its owners can bring it back in order. */
function ownersOf(db: Reader, now: number, subject: string, id: number): Telling[] {
  const [current] = revisionsInForce(db, now, [id])
  return current ? told(owners(db, current.ownerDepartment), subject, current.standardQuestion) : []
}

const owners = (db: Reader, department: string): number[] =>
  peopleWith(db, ['expert', 'reviewer'], department)

const answered = (personId: number, entryId: number): Telling => ({
  personId,
  subject: `entry:${entryId}`,
  title: null,
})

function reporterOf(db: Reader, taskId: number): Telling[] {
  const task = db.select().from(entryTask).where(eq(entryTask.id, taskId)).get()
  return task?.personId ? [answered(task.personId, task.entryId)] : []
}

/** Who reported an earlier text of an entry, had no answer, and was not told since that it was revised. */
function reportersOfRevised(db: Reader, now: number, entryId: number): Telling[] {
  const [current] = revisionsInForce(db, now, [entryId])
  if (!current) return []
  const wasTold = sql`exists (
    select 1 from ${notification} n where n.person_id = ${entryTask.personId} and n.event = 'feedback.answered'
    and n.subject = ${`entry:${entryId}`} and n.at >= ${entryTask.at})`
  const onEarlier = and(eq(entryTask.entryId, entryId), ne(entryTask.revisionId, current.revisionId))
  const rows = db
    .selectDistinct({ personId: entryTask.personId })
    .from(entryTask)
    .leftJoin(entryTaskEnd, eq(entryTaskEnd.taskId, entryTask.id))
    .where(
      and(onEarlier, inArray(entryTask.kind, [...FEEDBACK_KINDS]), isNull(entryTaskEnd.taskId), not(wasTold)),
    )
    .all()
  return rows.flatMap(row => (row.personId === null ? [] : answered(row.personId, entryId)))
}

/** Owners of the entries that got work because a source they cite was replaced, also of those hidden since. */
function ownersCiting(db: Reader, sourceId: number): number[] {
  const rows = db
    .selectDistinct({ department: revision.ownerDepartment })
    .from(revisionBasis)
    .innerJoin(revision, eq(revision.id, revisionBasis.revisionId))
    .innerJoin(entryTask, and(eq(entryTask.revisionId, revision.id), eq(entryTask.kind, 'source_updated')))
    .leftJoin(entryTaskEnd, eq(entryTaskEnd.taskId, entryTask.id))
    .where(and(eq(revisionBasis.sourceId, sourceId), isNull(entryTaskEnd.taskId)))
    .all()
  return rows.flatMap(row => owners(db, row.department))
}
