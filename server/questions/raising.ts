import { and, asc, eq, inArray } from 'drizzle-orm'
import type { NewQuestion } from '#server/contract/question.ts'
import type { Deps } from '#server/deps.ts'
import type { Reader, Tx } from '#server/platform/db/db.ts'
import { announce } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { wordingOf } from '#server/platform/text/likeness.ts'
import { maskNumbers } from '#server/platform/text/personal.ts'
import { ownCall } from '#server/calls/index.ts'
import { requireAnyRole, requireDepartment, type Actor } from '#server/people/index.ts'
import { wantCallback } from './callbacks.ts'
import type { Guess } from './guess.ts'
import { joinLead } from './merging.ts'
import { questionPolicyOf, routingOf } from './policy.ts'
import { OPEN, dueFrom, moreUrgent } from './rules.ts'
import { leadOf, questionRow, takeStep, type QuestionRow } from './steps.ts'
import { question } from './tables.ts'
import { urgencyOf } from './urgency.ts'

type Sealing = Pick<Deps, 'vault' | 'hash'>

/** The question an actor raised under a key before, if they did. */
export const raisedUnder = (db: Reader, actor: Actor, key: string | undefined): QuestionRow | undefined =>
  key === undefined
    ? undefined
    : db
        .select()
        .from(question)
        .where(and(eq(question.personId, actor.id), eq(question.idempotencyKey, key)))
        .get()

/**
 * Records what a call could not answer, routed by the matrix or joined to an open question: the one named, or one of the
 * same wording. Raised under the same `key` again it is the same one. Numbers are masked before anything is stored.
 * Refuses `request.invalid` for an empty text, `call.not_found`, `question.not_found`, and what `wantCallback` refuses.
 */
export function raiseQuestion(
  tx: Tx,
  now: number,
  actor: Actor,
  sealing: Sealing,
  input: NewQuestion,
  guessed: Pick<Guess, 'category'>,
  key?: string,
): QuestionRow {
  requireAnyRole(actor)
  const same = raisedUnder(tx, actor, key)
  if (same) return same
  if (input.callId !== undefined) ownCall(tx, actor, input.callId)
  const asked = insertAsking(tx, now, actor, input, guessed, key)
  const lead = leadFor(tx, asked, input.mergeInto)
  const row = lead ? joinLead(tx, now, actor, asked, lead) : routeByMatrix(tx, now, asked)
  wantCallback(tx, now, actor, sealing.vault, sealing.hash, row.id, input.callback)
  return row
}

function insertAsking(
  tx: Tx,
  now: number,
  actor: Actor,
  input: NewQuestion,
  guessed: Pick<Guess, 'category'>,
  key: string | undefined,
): QuestionRow {
  const text = maskNumbers(input.text).trim()
  const folded = wordingOf(text)
  if (folded === '')
    throw new Refusal('request.invalid', [{ path: 'body.text', message: 'must say something' }])
  const category = input.category ?? guessed.category
  const urgency = moreUrgent(urgencyOf(text), input.urgency ?? 'normal')
  const department = routingOf(tx, category).lead
  requireDepartment(tx, department)
  const dueAt = dueFrom(questionPolicyOf(tx), now, urgency, category)
  const words = { text, folded, query: input.query === undefined ? null : maskNumbers(input.query) }
  const about = { callId: input.callId, shown: input.shown ?? [], idempotencyKey: key, category }
  const place = { urgency, department, dueAt }
  const row = { personId: actor.id, raisedAt: now, state: 'routed' as const, ...words, ...about, ...place }
  return takeStep(tx, now, actor, tx.insert(question).values(row).returning().get(), 'raised', place)
}

/** The open question an asking joins: the one named, or where it was merged into; else the first one of its wording. */
function leadFor(tx: Tx, asked: QuestionRow, mergeInto: number | undefined): QuestionRow | undefined {
  const named = mergeInto === undefined ? undefined : leadOf(tx, questionRow(tx, mergeInto))
  if (named && OPEN.includes(named.state)) return named
  const alike = tx
    .select()
    .from(question)
    .where(and(eq(question.folded, asked.folded), inArray(question.state, [...OPEN, 'merged'])))
    .orderBy(asc(question.id))
    .all()
  return alike.map(one => leadOf(tx, one)).find(one => one.id !== asked.id && OPEN.includes(one.state))
}

function routeByMatrix(tx: Tx, now: number, asked: QuestionRow): QuestionRow {
  const row = takeStep(tx, now, null, asked, 'routed', { department: asked.department })
  announce(tx, now, 'question.routed', `question:${row.id}`)
  return row
}
