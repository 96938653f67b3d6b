import type { AnswerDraft, AnswerReply, NewAnswer } from '#server/contract/answering.ts'
import { MAX_SIMILAR, type DraftText } from '#server/contract/writing.ts'
import type { Deps } from '#server/deps.ts'
import type { Tx } from '#server/platform/db/db.ts'
import { isoOrNull } from '#server/platform/kernel/clock.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import {
  authorsOf,
  beginEntry,
  beginRevision,
  contentOf,
  publishedRevisions,
  revisionRow,
  saveDraft,
} from '#server/entries/index.ts'
import type { Actor } from '#server/people/index.ts'
import { isEditable, submitForReview } from '#server/reviews/index.ts'
import { latestAnswer, type AnswerRow } from './answers.ts'
import { filledDraft, newWordings } from './filling.ts'
import { requireAct } from './rights.ts'
import { tellAll } from './settle.ts'
import { questionRow, takeStep, type QuestionRow } from './steps.ts'
import { questionAnswer } from './tables.ts'

/**
 * Begins a draft filled from a question, to be finished on the writing page and submitted there; asked for again it is
 * the same one. Whoever has none takes the question up with it.
 */
export function draftAnswer(tx: Tx, now: number, actor: Actor, id: number, topic: string): AnswerDraft {
  const row = takenBy(tx, now, actor, id)
  const kept = editableAnswer(tx, id)
  if (kept && !kept.isExisting) {
    const { entryId, revisionId } = kept
    const isAuthor = authorsOf(tx, revisionId).some(author => author.id === actor.id)
    if (!isAuthor) save(tx, now, actor, revisionId, draftOf(tx, revisionId))
    return { entryId, revisionId }
  }
  const begun = beginEntry(tx, now, actor, filledDraft(tx, row, topic, {}))
  return noteAnswer(tx, now, actor, row, {
    entryId: begun.id,
    revisionId: begun.revisionId,
    isExisting: false,
  })
}

/**
 * Answers a question: with a new entry, or with the wordings added to one in force, handed to the committee in the same
 * transaction; nothing is kept when it refuses. An entry that holds every wording already answers at once. Who answers
 * is an author of the text and so never votes on it. Refuses what `requireAct` and `submitForReview` refuse, and
 * `entry.not_found`.
 */
export function answerQuestion(
  tx: Tx,
  now: number,
  actor: Actor,
  id: number,
  input: NewAnswer,
  topic: string,
  words: Deps['scriptWords'],
): AnswerReply {
  const row = takenBy(tx, now, actor, id)
  const settled = input.entryId === undefined ? undefined : settledBy(tx, now, row, input)
  if (settled) return answerAtOnce(tx, now, actor, row, settled)
  const written =
    input.entryId === undefined
      ? writeEntry(tx, now, actor, row, input, topic)
      : addWordings(tx, now, actor, row, input.entryId, input)
  const reviewId = submitForReview(tx, now, actor, written.revisionId, words)
  takeStep(tx, now, actor, row, 'answered', { revisionId: written.revisionId })
  takeStep(tx, now, actor, questionRow(tx, id), 'submitted', { revisionId: written.revisionId })
  return { ...written, reviewId }
}

/** The question in the actor's hands, taken up when nobody had it. */
function takenBy(tx: Tx, now: number, actor: Actor, id: number): QuestionRow {
  const row = questionRow(tx, id)
  requireAct(tx, actor, row, 'answer')
  return row.state === 'taken' ? row : takeStep(tx, now, actor, row, 'taken')
}

/** The revision in force that answers without a change, if `input` asks for none. */
function settledBy(tx: Tx, now: number, row: QuestionRow, input: NewAnswer): AnswerDraft | undefined {
  const { entryId, ...changes } = input
  const [current] = publishedRevisions(tx, now, [entryId!])
  if (!current) throw new Refusal('entry.not_found')
  const isSame = Object.keys(changes).length === 0 && newWordings(tx, row, current).length === 0
  return isSame ? { entryId: current.entryId, revisionId: current.revisionId } : undefined
}

function answerAtOnce(tx: Tx, now: number, actor: Actor, row: QuestionRow, found: AnswerDraft): AnswerReply {
  noteAnswer(tx, now, actor, row, { ...found, isExisting: true })
  const { revisionId } = found
  takeStep(tx, now, actor, row, 'answered', { revisionId })
  takeStep(tx, now, actor, questionRow(tx, row.id), 'published', { revisionId })
  tellAll(tx, now, row.id, 'question.answered')
  return { ...found, reviewId: null }
}

function writeEntry(
  tx: Tx,
  now: number,
  actor: Actor,
  row: QuestionRow,
  input: NewAnswer,
  topic: string,
): AnswerDraft {
  const text = filledDraft(tx, row, topic, input)
  const kept = editableAnswer(tx, row.id)
  if (kept && !kept.isExisting) {
    save(tx, now, actor, kept.revisionId, text)
    return { entryId: kept.entryId, revisionId: kept.revisionId }
  }
  const begun = beginEntry(tx, now, actor, text)
  return noteAnswer(tx, now, actor, row, {
    entryId: begun.id,
    revisionId: begun.revisionId,
    isExisting: false,
  })
}

function addWordings(
  tx: Tx,
  now: number,
  actor: Actor,
  row: QuestionRow,
  entryId: number,
  input: NewAnswer,
): AnswerDraft {
  const kept = editableAnswer(tx, row.id)
  const isKept = kept?.isExisting && kept.entryId === entryId
  const revisionId = isKept ? kept.revisionId : beginRevision(tx, now, actor, entryId)
  const { entryId: _entry, ...changes } = input
  const text = draftOf(tx, revisionId)
  const similarQuestions = [...text.similarQuestions, ...newWordings(tx, row, text)].slice(0, MAX_SIMILAR)
  save(tx, now, actor, revisionId, { ...text, ...changes, similarQuestions })
  return isKept
    ? { entryId, revisionId }
    : noteAnswer(tx, now, actor, row, { entryId, revisionId, isExisting: true })
}

/** The text written for a question that may still be changed: a draft, or what the committee has returned. */
function editableAnswer(tx: Tx, questionId: number): AnswerRow | undefined {
  const kept = latestAnswer(tx, questionId)
  return kept && isEditable(tx, kept.revisionId) ? kept : undefined
}

/** A revision's text as it is saved. */
function draftOf(tx: Tx, revisionId: number): DraftText {
  const { validFrom, validUntil, verifyBy, ...words } = contentOf(tx, revisionId)!
  const times = { validFrom: isoOrNull(validFrom), validUntil: isoOrNull(validUntil) }
  return { ...words, ...times, verifyBy: isoOrNull(verifyBy) }
}

/** Saves over whatever version is there; whoever saves becomes an author. */
const save = (tx: Tx, now: number, actor: Actor, revisionId: number, text: DraftText): number =>
  saveDraft(tx, now, actor, revisionId, revisionRow(tx, revisionId).version, text)

function noteAnswer(
  tx: Tx,
  now: number,
  { id: personId }: Actor,
  { id: questionId }: QuestionRow,
  { entryId, revisionId, isExisting }: Pick<AnswerRow, 'entryId' | 'revisionId' | 'isExisting'>,
): AnswerDraft {
  tx.insert(questionAnswer).values({ questionId, entryId, revisionId, personId, isExisting, at: now }).run()
  return { entryId, revisionId }
}
