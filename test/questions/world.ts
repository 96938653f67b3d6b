import type { LightMyRequestResponse } from 'fastify'
import type { Role } from '#server/contract/lists.ts'
import { HOUR } from '#server/platform/kernel/clock.ts'
import { retireEntry } from '#server/entries/index.ts'
import { write } from '#server/platform/db/db.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { vote } from '../support/committee.ts'
import { pick, ASKERS, WORKERS, REVIEWERS, TEXTS, DEADLY, ANY_BUT_SIGNING_IN, type Step } from './cast.ts'
import { ANSWER, look } from './journey.ts'

/** What the service said it has recorded. */
interface Raised {
  id: number
  asker: number
  key: string
  text: string
  isCalledBack: boolean
}

type Answer = Promise<LightMyRequestResponse | undefined | void>

/** People at work on questions, on a database file, and what the service has told them. */
export class World {
  t!: TestApp
  readonly clock = { now: NOW }
  readonly raised: Raised[] = []
  readonly #path: string
  #keys = 0

  constructor(path: string) {
    this.#path = path
  }

  async start(): Promise<void> {
    this.t = await makeApp({ path: this.#path, clock: this.clock })
    // the process dies here, not the machine: nothing need be flushed
    this.t.db.$client.pragma('synchronous = OFF')
  }

  /** Takes a step; throws when the service says that it is at fault. */
  async take(step: Step): Promise<void> {
    this.clock.now++
    const reply = await this.steps[step.kind]!(step)
    if (reply && reply.statusCode >= 500) throw new Error(`${JSON.stringify(step)}: ${reply.body}`)
  }

  readonly steps: Record<string, (step: Step) => Answer> = {
    raise: ({ who, what, how }) => this.#raise(who, `k-${++this.#keys}-of-this-history`, what, how),
    again: ({ what, how }) => {
      const { key, text, asker } = pick(this.raised, what) ?? {}
      return key === undefined
        ? Promise.resolve()
        : this.#send(asker!, { text, urgency: how % 2 ? 'urgent' : undefined }, key)
    },
    merge: async ({ who, what, how }) =>
      (await this.#worker(who)).put(this.#atWork(what, '/merge'), { intoId: this.#id(how) }),
    unmerge: async ({ who, what }) => (await this.#worker(who)).delete(this.#at(what, '/merge')),
    route: async ({ who, what, how }) =>
      (await this.#worker(who)).post(this.#atWork(what, '/routing'), {
        department: pick(['market', 'service'], how),
        reason: '请接',
      }),
    take: async ({ who, what }) => (await this.#worker(who)).put(this.#atWork(what, '/taking')),
    release: async ({ who, what }) => (await this.#worker(who)).delete(this.#at(what, '/taking')),
    return: async ({ who, what }) =>
      (await this.#worker(who)).post(this.#atWork(what, '/return'), { reason: '几相电' }),
    facts: async ({ who, what }) =>
      (await this.#asker(who)).post(this.#at(what, '/facts'), { text: '三相电' }),
    refuse: async ({ who, what }) =>
      (await this.#worker(who)).post(this.#atWork(what, '/refusal'), { reason: '不归供电' }),
    draft: async ({ who, what }) => (await this.#worker(who)).post(this.#atWork(what, '/draft')),
    answer: async ({ who, what, how }) => {
      const entryId = how % 4 === 0 ? pick(this.#entries(), how) : undefined
      return (await this.#worker(who)).post(
        this.#atWork(what, '/answer'),
        entryId === undefined ? ANSWER : { entryId },
      )
    },
    approve: async ({ who, what }) => vote(await this.#reviewer(who), this.#review(what)),
    sendBack: async ({ who, what }) => vote(await this.#reviewer(who), this.#review(what), 'return', '再改'),
    fast: async ({ who, what, how }) =>
      (await this.#reviewer(who)).post(`/api/reviews/${this.#review(what)}/fast-lane`, {
        hours: 1 + (how % 9),
        reason: '急',
      }),
    call: async ({ who, what, how }) => {
      const result = pick(['reached', 'not_reached', 'wrong_number', 'not_wanted'] as const, how)
      const outcome = result === 'reached' ? { result, solved: true } : { result }
      const id = this.#toTell(what)
      const holder = this.raised.find(one => one.id === id)?.asker ?? who
      return (await this.#asker(who % 5 === 0 ? who : holder)).put(`/api/questions/${id}/callback`, outcome)
    },
    retire: async ({ what }) => {
      const entryId = pick(this.#inForce(), what)
      if (entryId !== undefined)
        write(this.t.db, tx => retireEntry(tx, this.clock.now, null, entryId, '停用'))
    },
    move: async ({ how }) => void (this.clock.now += (1 + (how % 90)) * HOUR),
    look: async () => look(this.t),
    crash: () => this.#restart(),
    die: async ({ who, what, how }) => {
      const table = pick(DEADLY, how)!
      this.t.db.$client.exec(
        `create temp trigger death before insert on main.${table} ${table === 'audit' ? ANY_BUT_SIGNING_IN : ''}
          begin select raise(abort, 'the process died'); end`,
      )
      const kinds = Object.keys(this.steps).filter(kind => !['die', 'crash', 'retire'].includes(kind))
      await this.steps[pick(kinds, what)!]!({ kind: '', who, what: how, how: what })
      this.t.db.$client.exec('drop trigger death')
      await this.#restart()
    },
  }

  async #restart(): Promise<void> {
    await this.t.close()
    await this.start()
  }

  async #raise(who: number, key: string, what: number, how: number): Answer {
    const isCalledBack = how % 2 === 0
    const text = `${pick(TEXTS, what)}${how % 3 === 0 ? `第${how % 7}次` : ''}`
    const callback = isCalledBack
      ? { phone: `139${String(10_000_000 + this.#keys)}`, consent: true }
      : undefined
    const mergeInto = how % 5 === 0 && this.raised.length > 0 ? this.#id(how) : undefined
    const reply = await this.#send(who, { text, callback, mergeInto }, key)
    if (reply.statusCode === 201)
      this.raised.push({ id: reply.json<{ id: number }>().id, asker: who, key, text, isCalledBack })
    return reply
  }

  async #send(who: number, payload: object, key: string): Promise<LightMyRequestResponse> {
    const { cookie } = await this.#asker(who)
    return this.t.inject({
      method: 'POST',
      url: '/api/questions',
      headers: { cookie, 'idempotency-key': key },
      payload,
    })
  }

  #as = ([role, department]: [Role, string]): Promise<Client> => this.t.signIn(role, department)
  #asker = (who: number): Promise<Client> => this.#as(pick(ASKERS, who)!)
  #worker = (who: number): Promise<Client> => this.#as(pick(WORKERS, who)!)
  #reviewer = (who: number): Promise<Client> => this.#as(pick(REVIEWERS, who)!)
  #id = (what: number): number => pick(this.raised, what)?.id ?? 1
  #at = (what: number, last: string): string => `/api/questions/${this.#id(what)}${last}`
  /** Mostly one that somebody has to answer; now and then any. */
  #atWork = (what: number, last: string): string => {
    const ids = this.#numbers("select id from question where state in ('routed', 'taken', 'returned')")
    return what % 5 === 0 ? this.#at(what, last) : `/api/questions/${pick(ids, what) ?? 1}${last}`
  }
  /** Mostly an asking whose customer can be told something; now and then any. */
  #toTell = (what: number): number => {
    const ids = this.#numbers(
      `select q.id from question q join callback c on c.question_id = q.id
        join question l on l.id = coalesce(q.lead_id, q.id) where l.state in ('published', 'refused')`,
    )
    return what % 5 === 0 ? this.#id(what) : (pick(ids, what) ?? this.#id(what))
  }
  #review = (what: number): number =>
    pick(this.#numbers('select id from review where id not in (select review_id from review_end)'), what) ?? 1
  #entries = (): number[] => this.#numbers('select distinct entry_id from publication')
  #inForce = (): number[] =>
    this.#numbers(
      `select distinct p.entry_id from publication p where p.until is null
        and not exists (select 1 from retirement r where r.publication_id >= p.id and r.entry_id = p.entry_id)`,
    )
  #numbers = (statement: string): number[] => this.t.db.$client.prepare(statement).pluck().all() as number[]
}
