import type { Verdict } from '#server/contract/lists.ts'
import type { CallbackResult, QuestionState, QuestionStepKind } from '#server/contract/question-lists.ts'
import { call, callOutcome, callSearch, scriptStep } from '#server/calls/index.ts'
import { revision } from '#server/entries/index.ts'
import { desc, eq } from 'drizzle-orm'
import { write } from '#server/platform/db/db.ts'
import { HOUR } from '#server/platform/kernel/clock.ts'
import { wordingOf } from '#server/platform/text/likeness.ts'
import { callback, callbackTry, question, questionAnswer, questionStep } from '#server/questions/index.ts'
import type { TestApp } from '../support/app.ts'

export interface QuestionFacts {
  text?: string
  query?: string
  raisedAt?: number
  department?: string
  state?: QuestionState
  leadId?: number
  callId?: number
  dueAt?: number
  /** When (ms) which step happened. */
  steps?: [QuestionStepKind, number][]
  /** The entry whose newest revision answers it. */
  entryId?: number
}

/** A question as it stands with its steps; returns its id. What happened to it is given, not lived through. */
export function addQuestion({ db, clock }: TestApp, facts: QuestionFacts = {}): number {
  const {
    text = '充电桩报装要带哪些材料',
    raisedAt = clock.now,
    steps = [],
    entryId,
    query = null,
    ...rest
  } = facts
  const words = { text, query, folded: wordingOf(text), shown: [] }
  const row = {
    personId: 1,
    category: '供电服务',
    urgency: 'normal',
    state: 'routed',
    department: 'market',
  } as const
  return write(db, tx => {
    const values = { ...words, ...row, raisedAt, dueAt: raisedAt + 72 * HOUR, ...rest }
    const { id } = tx.insert(question).values(values).returning({ id: question.id }).get()
    for (const [kind, at] of steps) tx.insert(questionStep).values({ questionId: id, kind, at }).run()
    if (entryId !== undefined) {
      const revisionId = newestOf({ db }, entryId)
      tx.insert(questionAnswer)
        .values({ questionId: id, entryId, revisionId, personId: 1, isExisting: false, at: raisedAt })
        .run()
    }
    return id
  })
}

export const newestOf = ({ db }: Pick<TestApp, 'db'>, entryId: number): number =>
  db.select().from(revision).where(eq(revision.entryId, entryId)).orderBy(desc(revision.id)).get()!.id

export interface Try {
  result: CallbackResult
  at: number
  solved?: boolean
  revisionId?: number
}

/** A customer to call back on an asking, with the tries to reach them. */
export function addCallback({ db }: TestApp, questionId: number, tries: readonly Try[]): void {
  write(db, tx => {
    const { id } = tx.insert(callback).values({ questionId, holderId: 1, consentAt: 0 }).returning().get()
    for (const one of tries)
      tx.insert(callbackTry)
        .values({ callbackId: id, personId: 1, ...one })
        .run()
  })
}

export interface CallFacts {
  at: number
  callerHash?: string
  accountHash?: string
  topic?: string
  personId?: number
  queries?: string[]
  /** The verdicts in their order, each with the entry and the script it rested on. */
  outcomes?: [Verdict, entryId?: number, scriptId?: number][]
  /** The steps that were come to, each with its script. */
  followed?: [scriptId: number, step: number][]
}

/** An ended call; returns its id. */
export function addCall(
  t: TestApp,
  { at, queries = [], outcomes = [], followed = [], personId = 1, ...rest }: CallFacts,
): number {
  return write(t.db, tx => {
    const row = { personId, startedAt: at, endedAt: at + 60_000, ...rest }
    const { id: callId } = tx.insert(call).values(row).returning({ id: call.id }).get()
    for (const query of queries)
      tx.insert(callSearch)
        .values({ callId, query, total: 1, confident: true, shown: [], tookMs: 1, at })
        .run()
    for (const [scriptId, step] of followed)
      tx.insert(scriptStep)
        .values({ callId, scriptId, revisionId: newestOf(t, scriptId), step, at })
        .run()
    for (const [verdict, entryId, scriptId] of outcomes) {
      const on = entryId === undefined ? {} : { entryId, revisionId: newestOf(t, entryId) }
      const by = scriptId === undefined ? {} : { scriptId, scriptRevisionId: newestOf(t, scriptId) }
      tx.insert(callOutcome)
        .values({ callId, verdict, ...on, ...by, at: at + 50_000 })
        .run()
    }
    return callId
  })
}
