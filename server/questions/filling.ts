import type { NewAnswer } from '#server/contract/answering.ts'
import { MAX_SIMILAR, type DraftText } from '#server/contract/writing.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { wordingOf } from '#server/platform/text/likeness.ts'
import { mergedInto } from './merging.ts'
import type { QuestionRow } from './steps.ts'

/** The longest question an entry holds, in characters. */
const LONGEST = 120
const SENTENCE = /[^。！？!?；;\n]+[。！？!?；;]?/gu
const MASKED = /＊+/gu

/**
 * The draft of a new entry that answers a question: what is given, the rest filled from the question. Every wording it
 * was asked in becomes a similar question, in the customers' own terms.
 */
export function filledDraft(db: Reader, row: QuestionRow, topic: string, given: NewAnswer): DraftText {
  const standardQuestion = given.standardQuestion ?? questionIn(row.text)
  const { kind = 'answer', say = '', basis = [], scope = {} } = given
  return {
    kind,
    category: row.category,
    topic: given.topic ?? topic,
    ownerDepartment: row.department,
    standardQuestion,
    similarQuestions: newWordings(db, row, { standardQuestion, similarQuestions: [] }),
    say,
    body: given.body ?? say,
    basis,
    scope,
  }
}

type Asked = Pick<DraftText, 'standardQuestion' | 'similarQuestions'>

/** The wordings a question was asked in that a text does not hold yet, as many as it has room for. */
export function newWordings(db: Reader, row: QuestionRow, text: Asked): string[] {
  const known = new Set([text.standardQuestion, ...text.similarQuestions].map(wordingOf))
  const wordings: string[] = []
  for (const one of [row, ...mergedInto(db, row.id)].map(asking => questionIn(asking.text))) {
    const wording = wordingOf(one)
    if (known.has(wording)) continue
    known.add(wording)
    wordings.push(one)
  }
  return wordings.slice(0, Math.max(0, MAX_SIMILAR - text.similarQuestions.length))
}

/**
 * A telling as a question of at most 120 characters, without what was masked: the whole, else its sentences from the
 * last one on, since what a caller asks comes at the end.
 */
export function questionIn(text: string): string {
  const plain = text.replaceAll(MASKED, '').replaceAll(/\s+/gu, ' ').trim() || text
  if (plain.length <= LONGEST) return plain
  let kept = ''
  for (const sentence of (plain.match(SENTENCE) ?? []).toReversed()) {
    if (sentence.length + kept.length > LONGEST) break
    kept = sentence.trim() + kept
  }
  return kept === '' ? plain.slice(-LONGEST).toWellFormed() : kept
}
