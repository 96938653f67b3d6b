import { and, asc, eq, isNull, type SQL } from 'drizzle-orm'
import type { AgentList, CallbackList, CallbackQuery, CallbackView } from '#server/contract/answering.ts'
import type { CallbackState, QuestionState } from '#server/contract/lists.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { iso, isoOrNull } from '#server/platform/kernel/clock.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { publishedRevisions } from '#server/entries/index.ts'
import { peopleWith, person, requireAnyRole, requireRole, type Actor } from '#server/people/index.ts'
import { isSettled, triesOf } from './callback-rules.ts'
import { countWhere, factsOf, ledBy, standings, type Standing } from './callback-standing.ts'
import { questionPolicyOf } from './policy.ts'
import { callback } from './tables.ts'

const UNANSWERED: readonly QuestionState[] = ['routed', 'taken', 'returned', 'answered', 'in_review']
const SETTLED: readonly QuestionState[] = ['published', 'refused']
/** The states of leading questions in which a call-back can be in a state: what need not be looked through. */
const LEADS: Partial<Record<CallbackState, readonly QuestionState[]>> = {
  waiting: UNANSWERED,
  due: SETTLED,
  later: SETTLED,
}
/** Of a closed question each is done: there are many of them, so they are read a page at a time. */
const CLOSED: readonly QuestionState[] = ['closed']

/** What is worked off first: due, then later, waiting and done; of each state what has waited longest. */
const ORDER: readonly CallbackState[] = ['due', 'later', 'waiting', 'done']

/**
 * The actor's own call-backs, or everyone's for a supervisor; nobody's name or number is in it. Those of closed questions
 * come last, the last one asked for first.
 */
export function callbackList(db: Reader, now: number, actor: Actor, query: CallbackQuery): CallbackList {
  requireAnyRole(actor)
  const { state, limit, offset } = query
  const open = openOnes(db, now, actor, query)
  const page = open.slice(offset, offset + limit)
  const closed = { where: whoseOf(actor, query), leads: CLOSED }
  const isWhole = state === undefined || state === 'done'
  const total = open.length + (isWhole ? countWhere(db, closed) : 0)
  const last = { limit: limit - page.length, offset: Math.max(0, offset - open.length) }
  const rest = isWhole && last.limit > 0 ? standings(db, now, { ...closed, last }) : []
  return { total, callbacks: viewsOf(db, now, actor, [...page, ...rest]) }
}

type Of = Pick<CallbackQuery, 'all' | 'state'>

/** Those of questions that are not closed, in their order; of one state when it is named. `all` is for supervisors only. */
export function openOnes(db: Reader, now: number, actor: Actor, query: Of): Standing[] {
  const { state } = query
  const leads = (state && LEADS[state]) ?? [...UNANSWERED, ...SETTLED]
  return standings(db, now, { where: whoseOf(actor, query), leads })
    .filter(one => state === undefined || one.state === state)
    .toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || turnOf(a) - turnOf(b))
}

function whoseOf(actor: Actor, { all = false }: Of): SQL | undefined {
  if (all) requireRole(actor, 'supervisor')
  return all ? undefined : eq(callback.holderId, actor.id)
}

/** When its turn came or comes (ms); of those done the last first. */
function turnOf({ state, askedAt, readyAt, tries }: Standing): number {
  if (state === 'waiting') return askedAt
  const last = tries.at(-1)
  if (state === 'done') return -(last?.at ?? askedAt)
  return last?.retryAt ?? readyAt ?? askedAt
}

/** One call-back as its holder or a supervisor sees it; refuses `callback.not_found` to others as when there is none. */
export function callbackById(db: Reader, now: number, actor: Actor, id: number): CallbackView {
  const [view] = viewsOf(db, now, actor, [standingById(db, now, actor, id)])
  return view!
}

/** The same with what it stands on. */
export function standingById(db: Reader, now: number, actor: Actor, id: number): Standing {
  const [found] = standings(db, now, { where: eq(callback.id, id) })
  const isTheirs = found?.callback.holderId === actor.id || actor.roles.includes('supervisor')
  if (!found || !isTheirs) throw new Refusal('callback.not_found')
  return found
}

/**
 * The actor's call-back of an asking, or of the question that leads it when exactly one of its call-backs is theirs.
 * Refuses `callback.not_found`.
 */
export function ownStanding(db: Reader, now: number, actor: Actor, questionId: number): Standing {
  const own = standings(db, now, { where: and(ledBy(questionId), eq(callback.holderId, actor.id)) })
  const found =
    own.find(one => one.callback.questionId === questionId) ?? (own.length === 1 ? own[0] : undefined)
  if (!found) throw new Refusal('callback.not_found')
  return found
}

/** Agents to whom a call-back may be handed over. Supervisors only. */
export function callbackHolders(db: Reader, actor: Actor): AgentList {
  requireRole(actor, 'supervisor')
  const agents = new Set(peopleWith(db, ['agent']))
  const { id, name, department } = person
  const here = db.select({ id, name, department }).from(person).where(isNull(person.leftAt)).orderBy(asc(id))
  return { agents: here.all().filter(one => agents.has(one.id)) }
}

/** What may be told of each: the say of the entry that answers it, as it is in force now, by entry id. */
export function saysOf(db: Reader, now: number, found: readonly Standing[]): Map<number, string> {
  const ids = new Set(found.flatMap(one => (isSettled(one.lead.state) && one.entryId) || []))
  const current = ids.size > 0 ? publishedRevisions(db, now, [...ids]) : []
  return new Map(current.map(one => [one.entryId, one.say]))
}

function viewsOf(db: Reader, now: number, actor: Actor, found: readonly Standing[]): CallbackView[] {
  const says = saysOf(db, now, found)
  const { callbackTries } = questionPolicyOf(db)
  return found.map(one => {
    const isAnswered = isSettled(one.lead.state) && one.entryId !== null
    const say = (isAnswered && says.get(one.entryId!)) || null
    return {
      ...plainView(one, actor),
      entryId: isAnswered ? one.entryId : null,
      say,
      isLapsed: isAnswered && say === null,
      triesLeft: one.state === 'done' ? 0 : Math.max(0, callbackTries - madeTries(one)),
    }
  })
}

/** How often the customer was tried for what is to be told now. */
export const madeTries = (one: Standing): number => triesOf(factsOf(one, one.tries)).length

function plainView({ callback: row, text, state, tries, ...one }: Standing, actor: Actor) {
  const last = tries.at(-1)
  return {
    id: row.id,
    questionId: row.questionId,
    question: text,
    state,
    last4: row.last4,
    hasName: row.sealedName !== null,
    holder: { id: row.holderId, name: one.holder.name, hasLeft: one.holder.leftAt !== null },
    isMine: row.holderId === actor.id,
    askedAt: iso(one.askedAt),
    readyAt: isoOrNull(isSettled(one.lead.state) ? one.readyAt : null),
    retryAt: isoOrNull(state === 'later' ? (last?.retryAt ?? null) : null),
    refusal: one.lead.state === 'refused' ? one.reason : null,
    tries: tries.map(({ result, solved, at, by }) => ({ result, solved, at: iso(at), by })),
  }
}
