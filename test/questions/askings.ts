import type { LightMyRequestResponse } from 'fastify'
import type { CallbackList, CallbackOutcome, CallbackView } from '#server/contract/answering.ts'
import type { WantedCallback } from '#server/contract/question.ts'
import type { QuestionStepKind } from '#server/contract/question-lists.ts'
import type { Actor } from '#server/people/index.ts'
import { actorById, addPerson } from '#server/people/index.ts'
import { write, type Db, type Tx } from '#server/platform/db/db.ts'
import type { KeyedHash } from '#server/platform/kernel/keys.ts'
import type { Vault } from '#server/platform/kernel/vault.ts'
import { wantCallback } from '#server/questions/callbacks.ts'
import { closeIfAllTold } from '#server/questions/settle.ts'
import { questionRow, takeStep } from '#server/questions/steps.ts'
import { question } from '#server/questions/tables.ts'
import type { Client } from '../support/app.ts'

export const PHONE = '13800138000'
export const NAME = '欧阳建国'
export const WANTED: WantedCallback = { name: NAME, phone: PHONE, consent: true }

interface World {
  db: Db
  clock: { now: number }
  deps: { vault: Vault; hash: KeyedHash }
}

const actorOf = (tx: Tx, id: number): Actor => actorById(tx, id)!

/** An agent's asking, as raising it writes it; merged at once when `into` is given. Returns its id. */
export const ask = (
  world: World,
  agentId: number,
  { wanted = WANTED, into }: { wanted?: WantedCallback | null; into?: number } = {},
): number => write(world.db, tx => askIn(tx, world, agentId, wanted ?? undefined, into))

/** Open questions as raising leaves them, without their steps, which whoever reads only the questions does not miss. */
export function putOpen(db: Db, personId: number, texts: readonly string[]): void {
  const about = {
    personId,
    category: '其它',
    urgency: 'normal',
    state: 'routed',
    department: 'market',
  } as const
  write(db, tx => {
    for (const [raisedAt, text] of texts.entries()) {
      const row = { ...about, text, folded: text, shown: [], raisedAt, dueAt: raisedAt }
      tx.insert(question).values(row).run()
    }
  })
}

export function askIn(
  tx: Tx,
  { clock: { now }, deps }: World,
  agentId: number,
  wanted?: WantedCallback,
  into?: number,
): number {
  const asked = { text: '邻居家装充电桩，我家跳闸谁负责', folded: '邻居家装充电桩', shown: [] }
  const place = { category: '供电服务', urgency: 'normal', state: 'routed', department: 'market' } as const
  const row = { ...asked, ...place, personId: agentId, raisedAt: now, dueAt: now + 1000 }
  const { id } = tx.insert(question).values(row).returning({ id: question.id }).get()
  const raised = takeStep(tx, now, actorOf(tx, agentId), questionRow(tx, id), 'raised', {
    department: 'market',
    dueAt: row.dueAt,
  })
  wantCallback(tx, now, actorOf(tx, agentId), deps.vault, deps.hash, id, wanted)
  if (into !== undefined) takeStep(tx, now, null, raised, 'merged', { otherId: into })
  return id
}

/** The question is answered by a revision in force. */
export const publish = (world: World, id: number, revisionId: number): void =>
  settle(world, id, 'published', { revisionId })

/** There will be no answer. */
export const refuse = (world: World, id: number, reason = '不属于供电企业的业务'): void =>
  settle(world, id, 'refused', { reason })

/** Any step of a question. */
export const step = (
  { db, clock }: World,
  id: number,
  kind: QuestionStepKind,
  facts: Parameters<typeof takeStep>[5] = {},
): void => {
  write(db, tx => void takeStep(tx, clock.now, null, questionRow(tx, id), kind, facts))
}

function settle({ db, clock }: World, id: number, kind: 'published' | 'refused', facts: object): void {
  write(db, tx => {
    takeStep(tx, clock.now, null, questionRow(tx, id), kind, facts)
    closeIfAllTold(tx, clock.now, id)
  })
}

/** The revision of an entry that is in force. */
export const revisionOf = (db: Db, entryId: number): number =>
  db.$client.prepare('select max(id) from revision where entry_id = ?').pluck().get(entryId) as number

/** One more agent, of whom no persona is; returns the id. */
export const addAgent = ({ db, clock }: World): number =>
  write(db, tx => {
    const person = { workNo: '20077', name: '周敏', department: 'service', passwordHash: null }
    return addPerson(tx, clock.now, { ...person, roles: ['agent'] })
  })

/** The call-backs a person sees. */
export async function callbacksOf(client: Client, query = ''): Promise<CallbackView[]> {
  const reply = await client.get(`/api/callbacks?limit=100${query}`)
  if (reply.statusCode !== 200) throw new Error(reply.body)
  return reply.json<CallbackList>().callbacks
}

/** Says how a call-back ended. */
export const tell = (client: Client, id: number, outcome: CallbackOutcome): Promise<LightMyRequestResponse> =>
  client.put(`/api/questions/${id}/callback`, outcome)
