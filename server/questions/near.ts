import { asc, gt, inArray, max, sql } from 'drizzle-orm'
import type { NearQuestion } from '#server/contract/question.ts'
import type { Deps } from '#server/deps.ts'
import { among, type Reader } from '#server/platform/db/db.ts'
import { createEmbeddedEngine, type EmbeddedEngine } from '#server/platform/engine/embedded/engine.ts'
import type { EngineDocument } from '#server/platform/engine/port.ts'
import { iso } from '#server/platform/kernel/clock.ts'
import { likeness, termsOf, type Terms } from '#server/platform/text/likeness.ts'
import { OPEN } from './rules.ts'
import { question, questionStep } from './tables.ts'

const FIELDS = { text: { weight: 1, lengthDiscount: 0.4, initials: false } }
/** How many of the engine's hits are compared, and how many are shown. */
const COMPARED = 20
const SHOWN = 5
/** Questions less alike than this are not worth an agent's look. */
const LEAST = 0.3
/** A question asked more often than this is found by its first wordings. */
const WORDINGS = 8
const BATCH = 1000
/** Up to this many questions are put in at once; more are built in a worker. */
const FEW = 50
const MOST_KEPT = 5000

/**
 * The open questions, so that those near a text are found in a few milliseconds. A cache: made anew at every start by
 * whoever follows first. While it is filled the service does all else, and who asks what is near waits.
 */
export class NearQuestions {
  readonly #db: Deps['db']
  readonly #engine: EmbeddedEngine
  readonly #lexicon: Deps['lexicon']
  /** The terms of a question's wordings, as long as it does not change. */
  readonly #terms = new Map<number, Terms[]>()
  #isFilled = false
  #seen = 0
  #following: Promise<void> = Promise.resolve()

  constructor({ db, lexicon }: Pick<Deps, 'db' | 'lexicon'>) {
    this.#db = db
    this.#lexicon = lexicon
    this.#engine = createEmbeddedEngine({ fields: FIELDS, lexicon })
  }

  /** Fills it with all that is open, or takes over what was committed since; cheap when there is nothing. */
  follow(): Promise<void> {
    this.#following = this.#following.catch(() => undefined).then(() => this.#followNow())
    return this.#following
  }

  async #followNow(): Promise<void> {
    if (!this.#isFilled) await this.#fill()
    for (let rows = this.#news(); rows.length > 0; rows = this.#news()) {
      const ids = [
        ...new Set(rows.flatMap(row => [row.questionId, ...(row.otherId === null ? [] : [row.otherId])])),
      ]
      for (const id of ids) this.#terms.delete(id)
      await this.#engine.apply({ put: openAmong(this.#db, ids), remove: ids.map(documentId) })
      this.#seen = rows.at(-1)!.id
    }
  }

  /** What changes meanwhile is news afterwards. */
  async #fill(): Promise<void> {
    this.#seen = lastStepId(this.#db)
    const ids = openIds(this.#db)
    if (ids.length <= FEW) await this.#engine.apply({ put: openAmong(this.#db, ids), remove: [] })
    else await this.#engine.rebuild(openInBatches(this.#db, ids))
    this.#isFilled = true
  }

  #news() {
    const { id, questionId, otherId } = questionStep
    const columns = { id, questionId, otherId }
    return this.#db
      .select(columns)
      .from(questionStep)
      .where(gt(id, this.#seen))
      .orderBy(asc(id))
      .limit(BATCH)
      .all()
  }

  /** The open questions nearest to a text, the most alike first, at most five; `except` is left out. */
  async near(text: string, except?: number): Promise<NearQuestion[]> {
    await this.follow()
    const { hits } = await this.#engine.search({ text, limit: COMPARED, offset: 0 })
    const ids = hits.map(hit => Number(hit.id)).filter(id => id !== except)
    const wanted = termsOf(text, this.#lexicon)
    if (this.#terms.size >= MOST_KEPT) this.#terms.clear()
    this.#remember(ids.filter(id => !this.#terms.has(id)))
    const found = openRows(this.#db, ids).map(row => ({ row, like: this.#likeness(row.id, wanted) }))
    const best = found
      .filter(one => one.like >= LEAST)
      .toSorted((a, b) => b.like - a.like)
      .slice(0, SHOWN)
    return best.map(({ row: { state: _state, dueAt, ...row }, like }) => ({
      ...row,
      dueAt: iso(dueAt),
      likeness: like,
    }))
  }

  #remember(ids: readonly number[]): void {
    for (const [id, texts] of wordingsOf(this.#db, ids))
      this.#terms.set(
        id,
        texts.map(text => termsOf(text, this.#lexicon)),
      )
  }

  #likeness(id: number, wanted: Terms): number {
    return Math.max(0, ...(this.#terms.get(id) ?? []).map(one => likeness(one, wanted)))
  }

  /** Ends it, also while it is filled: nothing is read of the database afterwards. */
  async close(): Promise<void> {
    await this.#engine.close()
    await this.#following.catch(() => undefined)
  }
}

const documentId = (id: number): string => String(id)

const lastStepId = (db: Reader): number =>
  db
    .select({ id: max(questionStep.id) })
    .from(questionStep)
    .get()?.id ?? 0

const openIds = (db: Reader): number[] =>
  db
    .select({ id: question.id })
    .from(question)
    .where(inArray(question.state, [...OPEN]))
    .all()
    .map(row => row.id)

/** Read when they are wanted, so that the service answers others between two batches. */
function* openInBatches(db: Reader, ids: readonly number[]): Generator<EngineDocument> {
  for (let from = 0; from < ids.length; from += BATCH) yield* openAmong(db, ids.slice(from, from + BATCH))
}

function openAmong(db: Reader, ids: readonly number[]): EngineDocument[] {
  const open = openRows(db, ids).map(row => row.id)
  const texts = wordingsOf(db, open)
  const common = { facets: {}, areas: [], prior: 0.5 }
  return open.map(id => ({ id: documentId(id), fields: { text: texts.get(id) ?? [] }, ...common }))
}

/** The wordings of questions: their own first, then those merged into them. */
function wordingsOf(db: Reader, ids: readonly number[]): Map<number, string[]> {
  const { id, leadId, text } = question
  const own = db.select({ id, text }).from(question).where(among(id, ids)).all()
  const merged = db
    .select({ id: sql<number>`${leadId}`, text })
    .from(question)
    .where(among(leadId, ids))
    .all()
  const texts = new Map<number, string[]>()
  for (const row of [...own, ...merged]) {
    const known = texts.get(row.id) ?? []
    if (known.length < WORDINGS && !known.includes(row.text)) texts.set(row.id, [...known, row.text])
  }
  return texts
}

/** Those of the questions that are open. Which are is not asked of SQLite: it would look at all that are. */
function openRows(db: Reader, ids: readonly number[]) {
  const { id, text, state, department, dueAt } = question
  const columns = { id, text, state, department, dueAt, count: askedTimes }
  const rows = db.select(columns).from(question).where(among(id, ids)).all()
  return rows.filter(row => OPEN.includes(row.state))
}

/**
 * How many calls asked a question: itself and those merged into it. Its id is spelt out, since a column of the one table
 * that is read is written without its table, and would be that of `m`.
 */
const askedTimes = sql<number>`(select 1 + count(*) from question m where m.lead_id = question.id)`
