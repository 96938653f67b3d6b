import type { LightMyRequestResponse } from 'fastify'
import type { ReviewState, VoteVerdict } from '#server/contract/lists.ts'
import { saveDraft } from '#server/entries/index.ts'
import { actorById } from '#server/people/index.ts'
import { write } from '#server/platform/db/db.ts'
import { HOUR, iso } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { put, vote } from '../support/committee.ts'
import { Model, type Draft } from './model.ts'
import { DEPARTMENTS, FIRST_REVIEWER, PEOPLE, pick, type Step } from './cast.ts'
import { policyOf, textOf } from './texts.ts'
import { upkeepSteps } from './upkeep-steps.ts'

type Answer = Promise<LightMyRequestResponse | undefined | void>

/** The committee at work on a database file, and the model that listens to its answers. */
export class World {
  t!: TestApp
  readonly clock = { now: NOW }
  readonly model = new Model()
  #texts = 0
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  async start(): Promise<void> {
    this.t = await makeApp({ path: this.#path, clock: this.clock })
    // the process dies here, not the machine: nothing need be flushed
    this.t.db.$client.pragma('synchronous = OFF')
  }

  client(who: number): Promise<Client> {
    const [role, department] = pick(PEOPLE, who)!
    return this.t.signIn(role, department)
  }

  /** Takes a step; throws when the service says that it is at fault. */
  async take(step: Step): Promise<void> {
    this.clock.now++
    const reply = await this.steps[step.kind]!(step)
    if (reply && reply.statusCode >= 500) throw new Error(`${JSON.stringify(step)}: ${reply.body}`)
  }

  readonly steps: Record<string, (step: Step) => Answer> = {
    begin: async ({ who, how }) => {
      const [draft, payload] = textOf(++this.#texts, this.clock.now, how)
      const reply = await (await this.client(who)).post('/api/entries', payload)
      if (reply.statusCode !== 201) return reply
      const { id: entryId, revisionId } = reply.json<{ id: number; revisionId: number }>()
      this.model.drafts.push({ ...draft, id: revisionId, entryId, author: who })
    },
    revise: async ({ who, what, how }) => {
      const { entryId = 1 } = pick(this.model.reviews, what)?.draft ?? {}
      const writer = await this.client(who)
      const reply = await writer.post(`/api/entries/${entryId}/revisions`)
      if (reply.statusCode !== 201) return reply
      const { revisionId: id } = reply.json<{ revisionId: number }>()
      const [draft, payload] = textOf(++this.#texts, this.clock.now, how)
      this.model.drafts.push({ ...draft, id, entryId, author: who })
      return put(this.t, writer, id, { 'if-match': '1' }, payload)
    },
    save: async ({ who, what, how }) => {
      const kept = pick(this.model.drafts, what)
      if (!kept) return
      const [draft, payload] = textOf(++this.#texts, this.clock.now, how)
      const headers = { 'if-match': String(this.#version(kept)) }
      const writer = await this.client(this.#mostly(kept.author, who, how))
      const reply = await put(this.t, writer, kept.id, headers, payload)
      if (reply.statusCode === 200) Object.assign(kept, draft)
      return reply
    },
    coauthor: async ({ who, what, how }) => {
      const kept = pick(this.model.drafts, what)
      const rounds = this.model.reviews.filter(one => one.draft.id === kept?.id)
      const isHeld = rounds.some(
        one =>
          !['returned', 'withdrawn'].includes(one.state) ||
          this.model.published.some(({ review }) => review === one),
      )
      if (!kept || isHeld) return
      const [draft, payload] = textOf(++this.#texts, this.clock.now, how)
      const { id } = await this.client(who)
      write(this.t.db, tx =>
        saveDraft(tx, this.clock.now, actorById(tx, id)!, kept.id, this.#version(kept), payload),
      )
      Object.assign(kept, draft)
    },
    submit: async ({ who, what, how }) => {
      const kept = pick(this.model.drafts, what)
      return (
        kept && this.#open(this.#mostly(kept.author, who, how), `/api/revisions/${kept.id}/submission`, kept)
      )
    },
    retire: async ({ who, what }) => {
      const { entryId } = pick(this.model.published, what)?.review.draft ?? {}
      const current = entryId && this.model.inForce(entryId, this.clock.now)
      if (current)
        return this.#open(who, `/api/entries/${entryId}/retirement`, current.review.draft, { reason: '停用' })
    },
    approve: step => this.#vote(step, 'approve'),
    return: step => this.#vote(step, 'return'),
    withdraw: async ({ who, what, how }) => {
      const review = this.#review(what, how)
      if (!review) return
      const writer = await this.client(this.#mostly(review.draft.author, who, how))
      const reply = await writer.post(`/api/reviews/${review.id}/withdrawal`)
      if (reply.statusCode === 201) this.model.voted(review, 'withdrawn', this.clock.now)
      return reply
    },
    callIn: async ({ who, what, how }) => {
      const review = this.#review(what, how)
      if (!review) return
      const department = pick(DEPARTMENTS, how)!
      const caller = await this.client(who)
      const reply = await caller.post(`/api/reviews/${review.id}/departments`, { department })
      if (reply.statusCode === 204) {
        review.required.push(department)
        review.calledIn.push(department)
      }
      return reply
    },
    lend: async ({ who, what, how }) => {
      const { id: toPersonId } = await this.client(what)
      const [from, until] = [0, 1 + (how % 40)].map(hours => iso(this.clock.now + hours * HOUR))
      return (await this.client(who)).post('/api/delegations', { toPersonId, from, until })
    },
    standIn: async ({ who, what, how }) => {
      const given = { department: pick(DEPARTMENTS, how), personId: (await this.client(who)).id }
      const { id = 1 } = pick(this.model.reviews, what) ?? {}
      return (await this.t.signIn('chair')).post(`/api/reviews/${id}/stand-ins`, given)
    },
    fast: async ({ who, what, how }) => {
      const review = this.#review(what, how)
      if (!review) return
      const asked = { hours: 1 + (how % 72), reason: '急' }
      const reply = await (await this.client(who)).post(`/api/reviews/${review.id}/fast-lane`, asked)
      if (reply.statusCode !== 201) return reply
      const until = Date.parse(reply.json<{ until: string }>().until)
      this.model.published.push({ review, at: this.clock.now, until })
    },
    policy: async ({ what, how }) => {
      const policy = policyOf(what, how)
      const reply = await (await this.t.signIn('chair')).put('/api/policies', policy)
      if (reply.statusCode !== 200) return reply
      this.model.policy = policy
      this.model.isHiding ||= policy.hideOverdue || policy.hideSuperseded
    },
    move: async ({ how }) => void (this.clock.now += (1 + (how % 50)) * HOUR),
    crash: async () => {
      await this.t.close()
      await this.start()
    },
    leave: async ({ who, how }) => {
      if (how % 3 > 0) return
      const { id } = await this.client(who)
      this.t.db.$client
        .prepare('update committee_seat set held_until = ? where person_id = ?')
        .run(this.clock.now, id)
    },
    ...upkeepSteps(this),
  }

  /** Mostly what makes sense; now and then what must be refused. */
  #mostly<T>(sensible: T, other: T, how: number): T {
    return how % 5 === 0 ? other : sensible
  }

  #review(what: number, how: number) {
    const { reviews } = this.model
    const open = reviews.filter(one => one.state === 'in_review')
    return pick(this.#mostly(open, reviews, how), what)
  }

  async #vote({ who, what, how }: Step, verdict: VoteVerdict): Answer {
    const review = this.#review(what, how)
    if (!review) return
    const wanted = DEPARTMENTS.findIndex(one => one === pick(review.required, who))
    const voter = await this.client(this.#mostly(who % 2 === 0 ? FIRST_REVIEWER + wanted : who, who, how))
    const reply = await vote(voter, review.id, verdict, '看过')
    if (reply.statusCode !== 201) return reply
    this.model.voted(review, reply.json<{ state: ReviewState }>().state, this.clock.now)
  }

  async #open(who: number, url: string, draft: Draft, payload?: object): Answer {
    const reply = await (await this.client(who)).post(url, payload)
    if (reply.statusCode !== 201) return reply
    this.model.opened(
      reply.json<{ reviewId: number }>().reviewId,
      draft,
      payload ? 'retirement' : 'publication',
    )
  }

  #version({ id }: Draft): number {
    return this.t.db.$client.prepare('select version from revision where id = ?').pluck().get(id) as number
  }
}
