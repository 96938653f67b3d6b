import { and, eq, or, sql } from 'drizzle-orm'
import { write, type Db, type Reader, type Tx } from '#server/platform/db/db.ts'
import { announce } from '#server/platform/kernel/records.ts'
import { publicationStanding, revisionsInForce } from '#server/entries/index.ts'
import { latestRound, type Round } from '#server/reviews/index.ts'
import { isRead, latestAnswer, type AnswerRow } from './answers.ts'
import { ledBy, openCallbacks, standings } from './callback-standing.ts'
import { AT_WORK } from './rules.ts'
import { questionRow, takeStep, type QuestionRow } from './steps.ts'
import { callback, callbackTry, question } from './tables.ts'

/** States in which the committee's word is followed at once; the others have time until the clock is looked at. */
const SOON = ['answered', 'in_review', 'taken', 'refused']
const ALL = [...SOON, 'routed', 'returned', 'published']
const BATCH = 500

/**
 * Follows the committee: takes each question to where the review and the standing of its answer have led since. `isAll`
 * looks also at what the clock alone can change. Each is a transaction of its own and is not done twice.
 */
export function settle(db: Db, now: number, isAll: boolean): void {
  const states = isAll ? ALL : SOON
  for (let ids = withNews(db, states, 0); ids.length > 0; ids = withNews(db, states, ids.at(-1)!))
    for (const id of ids) write(db, tx => settleOne(tx, now, id))
}

/** Questions behind `after` whose answer was published, or has a review that tells more than their state does. */
const withNews = (db: Reader, states: readonly string[], after: number): number[] =>
  db
    .all<{ id: number }>(
      sql`select q.id from question q
        join question_answer a on a.id = (select max(b.id) from question_answer b where b.question_id = q.id)
        where q.state in ${states} and q.id > ${after} and (
          exists (select 1 from publication p where p.revision_id = a.revision_id)
          or exists (select 1 from review r left join review_end e on e.review_id = r.id
            where r.revision_id = a.revision_id and r.kind = 'publication'
              and (e.state is null) = (q.state in ${AT_WORK})))
        order by q.id limit ${BATCH}`,
    )
    .map(row => row.id)

function settleOne(tx: Tx, now: number, id: number): void {
  const row = questionRow(tx, id)
  const answer = latestAnswer(tx, id)
  if (!answer) return
  const round = latestRound(tx, answer.revisionId)
  if (AT_WORK.includes(row.state)) settleAtWork(tx, now, row, answer, round)
  if (row.state === 'answered' || row.state === 'in_review') settleReview(tx, now, row, answer, round)
  if (row.state === 'published') settleLapsed(tx, now, row, answer, round)
  if (row.state === 'refused' && isRead(tx, now, answer)) publish(tx, now, row, answer)
}

/** Its draft was submitted on the writing page, and may have been published since. */
function settleAtWork(
  tx: Tx,
  now: number,
  row: QuestionRow,
  answer: AnswerRow,
  round: Round | undefined,
): void {
  const isOut = isRead(tx, now, answer)
  if (round?.state !== 'in_review' && !isOut) return
  const { revisionId } = answer
  const by = { id: round?.openedBy ?? answer.personId }
  const answered = takeStep(tx, now, by, row, 'answered', { revisionId })
  const submitted = takeStep(tx, now, by, answered, 'submitted', { revisionId })
  if (isOut) publish(tx, now, submitted, answer)
}

function settleReview(
  tx: Tx,
  now: number,
  row: QuestionRow,
  answer: AnswerRow,
  round: Round | undefined,
): void {
  if (isRead(tx, now, answer)) publish(tx, now, row, answer)
  else if (round?.state === 'returned' || round?.state === 'withdrawn')
    giveBack(tx, now, row, answer, round.state)
  else if (round?.state === 'approved' && isOver(tx, now, answer)) giveBack(tx, now, row, answer, 'lapsed')
}

/** Whether an approved text will not come into force any more: it was retired, replaced, or its time has passed. */
function isOver(tx: Tx, now: number, { revisionId }: AnswerRow): boolean {
  const standing = publicationStanding(tx, now, revisionId)
  return standing === 'retired' || standing === 'expired' || standing === 'superseded'
}

/** The answer was retired or lapsed before every customer heard it: it is the committee's again, or the department's. */
function settleLapsed(
  tx: Tx,
  now: number,
  row: QuestionRow,
  answer: AnswerRow,
  round: Round | undefined,
): void {
  if (revisionsInForce(tx, now, [answer.entryId]).length > 0) return
  if (round?.state === 'in_review')
    takeStep(tx, now, null, row, 'submitted', { revisionId: answer.revisionId })
  else giveBack(tx, now, row, answer, 'lapsed')
}

function giveBack(tx: Tx, now: number, row: QuestionRow, { revisionId }: AnswerRow, reason: string): void {
  const given = takeStep(tx, now, null, row, 'answer_returned', { revisionId, reason })
  if (given.takerId === null || reason === 'lapsed')
    announce(tx, now, 'question.routed', `question:${row.id}`)
}

function publish(tx: Tx, now: number, row: QuestionRow, { revisionId }: AnswerRow): void {
  takeStep(tx, now, null, row, 'published', { revisionId })
  tellAll(tx, now, row.id, 'question.answered')
}

/** Lets all askers of a question know how it ended, and who is to call a customer that it is time; closes it if nobody is. */
export function tellAll(
  tx: Tx,
  now: number,
  leadId: number,
  event: 'question.answered' | 'question.refused',
): void {
  announce(tx, now, event, `question:${leadId}`)
  for (const { callback: one, state } of standings(tx, now, { where: ledBy(leadId) }))
    if (state === 'due') announce(tx, now, 'callback.due', `callback:${one.id}`)
  closeIfAllTold(tx, now, leadId)
}

/** Closes a question that is over once no customer waits for a call any more; a second time changes nothing. */
export function closeIfAllTold(tx: Tx, now: number, leadId: number): void {
  const row = questionRow(tx, leadId)
  if (row.state !== 'published' && row.state !== 'refused') return
  if (openCallbacks(tx, now, leadId) > 0) return
  if (wasReached(tx, leadId)) takeStep(tx, now, null, row, 'called_back')
  takeStep(tx, now, null, row, 'closed')
}

/** Whether a customer of a question was spoken to. */
const wasReached = (db: Reader, leadId: number): boolean =>
  db
    .select({ id: callbackTry.id })
    .from(question)
    .innerJoin(callback, eq(callback.questionId, question.id))
    .innerJoin(callbackTry, eq(callbackTry.callbackId, callback.id))
    .where(and(or(eq(question.id, leadId), eq(question.leadId, leadId)), eq(callbackTry.result, 'reached')))
    .get() !== undefined
