import type { Category } from '#server/contract/lists.ts'
import { STEP_NUMBERS, type ScriptClass } from '#server/contract/script-lists.ts'
import type { BeginningQuery } from '#server/contract/script-use.ts'
import { MAX_LINE, type ScriptDraft, type ScriptLine } from '#server/contract/script.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { maskNumbers } from '#server/platform/text/personal.ts'
import {
  citationsOf,
  publishedRevisions,
  requireWriter,
  type PublishedRevision,
} from '#server/entries/index.ts'
import type { Actor } from '#server/people/index.ts'
import { laidOnNine, numberedSteps } from './flows.ts'
import { scriptInForce } from './queries.ts'
import { entryIdOf, quotedBy, withQuotes } from './quotes.ts'

/** An asked question as someone may see it: its askings, and the entry that answers it now, if one does. */
export interface AnsweredQuestion {
  wordings: readonly string[]
  category: Category
  entryId: number | null
}
export type ReadQuestion = (db: Reader, now: number, actor: Actor, id: number) => AnsweredQuestion

/** The step in which what is approved is explained: 教育顾客. */
const EXPLAIN = 6
const MAX_TITLE = 120
const MAX_WORDINGS = 10

/**
 * What a script can begin with, for who may write one: another script, a flow of numbered steps, or an answered question. Nothing is
 * stored. Refuses `right.missing`, what is not in force or not to be seen, and `script.no_beginning` where there is nothing to lay
 * out or to quote.
 */
export function beginningOf(
  db: Reader,
  now: number,
  actor: Actor,
  readQuestion: ReadQuestion,
  { scriptId, entryId, questionId }: BeginningQuery,
): ScriptDraft {
  requireWriter(actor)
  if ([scriptId, entryId, questionId].filter(id => id !== undefined).length !== 1)
    throw new Refusal('request.invalid', [{ path: 'query', message: 'name exactly one to begin with' }])
  if (scriptId !== undefined) return copyOf(db, now, scriptId)
  if (entryId !== undefined) return flowOf(inForce(db, now, entryId))
  return questionOf(db, now, readQuestion(db, now, actor, questionId!))
}

function inForce(db: Reader, now: number, id: number): PublishedRevision {
  const [found] = publishedRevisions(db, now, [id])
  if (!found) throw new Refusal('entry.not_found')
  return found
}

/** A copy, of the writer's department, that quotes what is in force; what is in force no more stays as it is quoted, for the check to name. */
function copyOf(db: Reader, now: number, id: number): ScriptDraft {
  const { script, standardQuestion: title, revisionId, ...found } = scriptInForce(db, now, id)
  const { category, topic, similarQuestions, scope, tags } = found
  const renew = (line: ScriptLine) => ({
    ...line,
    text: withQuotes(line.text, ref => `[[${renewed(db, now, ref)}]]`),
  })
  const steps = script.steps.map(step => ({
    ...step,
    lines: step.lines.map(renew),
    branches: step.branches.map(branch => ({ ...branch, lines: branch.lines.map(renew) })),
  }))
  const basis = citationsOf(db, revisionId)
  return { title, category, topic, similarQuestions, scope, tags, basis, ...script, steps }
}

function renewed(db: Reader, now: number, ref: string): string {
  const quoted = quotedBy(ref)
  const id = quoted?.kind === 'entry' ? entryIdOf(db, quoted.entry) : undefined
  const [found] = id === undefined ? [] : publishedRevisions(db, now, [id])
  return quoted?.kind === 'entry' && found ? `entry:${quoted.entry}@${found.number}` : ref
}

const quoteOf = ({ key, entryId, number }: PublishedRevision): ScriptLine => ({
  speaker: 'agent',
  text: `[[entry:${key ?? entryId}@${number}]]`,
})

function flowOf(found: PublishedRevision): ScriptDraft {
  const steps = found.kind === 'process' ? numberedSteps(found.body) : []
  if (steps.length === 0) throw nothing('entryId', 'has no numbered steps')
  const targets = laidOnNine(steps)
  const { standardQuestion: title, category, topic, scope } = found
  const linesOf = (step: number): ScriptLine[] => [
    ...steps.flatMap((words, index) => (targets[index] === step ? agentSays(words) : [])),
    ...(step === EXPLAIN ? [quoteOf(found)] : []),
  ]
  return { title, category, topic, scope, class: classOf(category), steps: nine(linesOf) }
}

const agentSays = (words: string): ScriptLine[] => [{ speaker: 'agent', text: words.slice(0, MAX_LINE) }]

function questionOf(db: Reader, now: number, { wordings, category, entryId }: AnsweredQuestion): ScriptDraft {
  if (entryId === null) throw nothing('questionId', 'has no answer in force')
  const answer = inForce(db, now, entryId)
  const [first = '', ...others] = wordings.map(words => maskNumbers(words).replace(/\s+/gu, ' ').trim())
  const linesOf = (step: number): ScriptLine[] => [
    ...(step === 1 ? [{ speaker: 'customer' as const, text: first.slice(0, MAX_LINE) }] : []),
    ...(step === EXPLAIN ? [quoteOf(answer)] : []),
  ]
  const filed = { title: first.slice(0, MAX_TITLE), category, topic: answer.topic, scope: answer.scope }
  const similarQuestions = others.slice(0, MAX_WORDINGS).map(words => words.slice(0, MAX_TITLE))
  return { ...filed, similarQuestions, class: classOf(category), steps: nine(linesOf) }
}

const nothing = (name: string, message: string): Refusal =>
  new Refusal('script.no_beginning', [{ path: `query.${name}`, message }])

const nine = (linesOf: (step: number) => ScriptLine[]) =>
  STEP_NUMBERS.map(step => ({ step, lines: linesOf(step) }))

/** A guess that its author mends: outages and danger are of quality 品质, what happens between people is of service 服务. */
function classOf(category: Category): ScriptClass {
  if (category === '供电可靠' || category === '供电安全') return 'quality'
  return category === '供电服务' || category === '信息沟通' ? 'service' : 'business'
}
