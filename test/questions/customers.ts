import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CallbackOutcome } from '#server/contract/answering.ts'
import type { CallbackResult } from '#server/contract/question-lists.ts'
import { actorById, addPerson, putDepartment, type Actor } from '#server/people/index.ts'
import { openDb, shedDeleted, write, type Db, type Tx } from '#server/platform/db/db.ts'
import { hashWith } from '#server/platform/kernel/keys.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { vaultWith } from '#server/platform/kernel/vault.ts'
import { handOver, lookUpNumber, noteTry } from '#server/questions/callback-commands.ts'
import { purgeBatch } from '#server/questions/callback-purge.ts'
import { standings, type Standing } from '#server/questions/callback-standing.ts'
import { closeIfAllTold } from '#server/questions/settle.ts'
import { questionRow, takeStep } from '#server/questions/steps.ts'
import { question } from '#server/questions/tables.ts'
import { NOW } from '../support/app.ts'
import { builders } from '../support/build.ts'
import { askIn, revisionOf, WANTED } from './askings.ts'

/** When the service stops: before it has committed, or after, but before it could answer. */
export type Crash = 'before' | 'after' | undefined

/** A database with two agents, a supervisor and two answers in force, from which each story begins. */
export interface Beginning {
  path: string
  agents: number[]
  supervisor: number
  answers: number[]
}

const add = (tx: Tx, workNo: string, role: 'agent' | 'supervisor'): number =>
  addPerson(tx, NOW, {
    department: 'market',
    passwordHash: null,
    workNo,
    name: `坐席${workNo}`,
    roles: [role],
  })

export function makeBeginning(folder: string): Beginning {
  const path = join(folder, 'beginning.db')
  const db = openDb(path)
  write(db, tx => putDepartment(tx, 'market', { name: '市场营销', nameEn: 'Marketing' }))
  const agents = write(db, tx => [add(tx, '1', 'agent'), add(tx, '2', 'agent')])
  const supervisor = write(db, tx => add(tx, '3', 'supervisor'))
  const build = builders(db, { now: NOW })
  const answers = [build.entry(), build.entry()].map(id => revisionOf(db, id))
  shedDeleted(db)
  db.$client.close()
  return { path, agents, supervisor, answers }
}

/** Agents, questions and customers over a database that may be closed at any moment, and what each customer heard. */
export class Customers {
  db: Db
  clock = { now: NOW }
  deps = { vault: vaultWith([randomBytes(32)]), hash: hashWith(randomBytes(32)) }
  agents: number[]
  supervisor: number
  answers: number[]
  /** Of each call-back the answers its customer heard (null: that there is none), and how calling it ended for good. */
  heard = new Map<number, (number | null)[]>()
  ended = new Map<number, string>()
  wanted: number[] = []
  #folder = mkdtempSync(join(tmpdir(), 'firstline-customers-'))

  constructor(beginning: Beginning) {
    cpSync(beginning.path, join(this.#folder, 'a.db'))
    this.db = this.#open()
    this.agents = beginning.agents
    this.supervisor = beginning.supervisor
    this.answers = beginning.answers
  }

  #open(): Db {
    const db = openDb(join(this.#folder, 'a.db'))
    db.$client.pragma('synchronous = OFF') // the machine of the test loses no power
    return db
  }

  close(): void {
    this.db.$client.close()
    rmSync(this.#folder, { recursive: true })
  }

  /** Does something as one request; a crash takes back what was not committed, and it is sent again when `isRepeated`. */
  request(crash: Crash, isRepeated: boolean, work: (tx: Tx) => void): 'done' | 'refused' {
    if (crash !== undefined) {
      const first = this.#attempt(tx => {
        work(tx)
        if (crash === 'before') throw new Error('power cut')
      })
      this.db.$client.close()
      this.db = this.#open()
      if (first === 'refused' || (crash === 'after' && !isRepeated)) return first
      if (crash === 'after') {
        this.#attempt(work)
        return first
      }
    }
    return this.#attempt(work)
  }

  #attempt(work: (tx: Tx) => void): 'done' | 'refused' {
    try {
      write(this.db, tx => void work(tx))
      return 'done'
    } catch (error) {
      if (error instanceof Refusal) return 'refused'
      if (error instanceof Error && error.message === 'power cut') return 'done'
      throw error
    }
  }

  actor = (tx: Tx, id: number): Actor => actorById(tx, id)!
  all = (): Standing[] => standings(this.db, this.clock.now, {})
  leads = () =>
    this.db
      .select()
      .from(question)
      .all()
      .filter(row => row.leadId === null)

  ask(crash: Crash, agent: number, isWanted: boolean, into: number | undefined): void {
    this.request(crash, false, tx => {
      askIn(tx, this, this.agents[agent]!, isWanted ? WANTED : undefined, into)
    })
    if (isWanted) this.wanted.push(this.wanted.length + 1)
  }

  /** One step of a leading question, and what follows from it. */
  lead(
    crash: Crash,
    id: number,
    kind: 'published' | 'refused' | 'answer_returned' | 'unmerged',
    answer = 0,
  ): void {
    const facts = kind === 'published' ? { revisionId: this.answers[answer]! } : {}
    this.request(crash, false, tx => {
      const row = questionRow(tx, id)
      takeStep(tx, this.clock.now, null, row, kind, facts)
      closeIfAllTold(tx, this.clock.now, kind === 'unmerged' ? row.leadId! : id)
    })
  }

  /** An agent takes the next call-back, looks up its number, calls, and says how it ended. Returns whether they dialled. */
  call(crash: Crash, id: number, result: CallbackResult): boolean {
    const { callback: row, answer } = this.all().find(one => one.callback.id === id)!
    const { now } = this.clock
    const look = (tx: Tx) => void lookUpNumber(tx, now, this.actor(tx, row.holderId), this.deps.vault, id)
    if (this.request(undefined, false, look) === 'refused') return false
    const input: CallbackOutcome = { result, ...(result === 'reached' && { solved: true }) }
    this.request(
      crash,
      true,
      tx => void noteTry(tx, now, this.actor(tx, row.holderId), row.questionId, input),
    )
    if (result === 'reached') this.heard.set(id, [...(this.heard.get(id) ?? []), answer])
    if (result === 'wrong_number' || result === 'not_wanted') this.ended.set(id, result)
    return true
  }

  handOver(crash: Crash, id: number, agent: number): void {
    this.request(crash, true, tx => {
      handOver(tx, this.clock.now, this.actor(tx, this.supervisor), id, this.agents[agent]!)
    })
  }

  purge(crash: Crash): void {
    this.request(crash, true, tx => void purgeBatch(tx, this.clock.now))
  }
}
