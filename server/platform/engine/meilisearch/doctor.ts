import { randomBytes } from 'node:crypto'
import type { EngineSettings } from '#server/platform/engine/port.ts'
import { Connection, isAtLeast, OLDEST_VERSION, type ConnectionOptions } from './connection.ts'
import { faultOf, RemoteFault, type FaultKind } from './faults.ts'
import { isMaster, lackingRights } from './key.ts'
import { changedSettings, layoutOf, markOf } from './settings.ts'

/** One thing looked at: whether it is as it should be, and what was found. */
export interface Finding {
  what: string
  is: 'right' | 'doubtful' | 'wrong'
  found: string
}

/** What the doctor needs to know of the service. */
export interface Patient extends ConnectionOptions {
  settings: EngineSettings
  owner: string
  uid?: string
  /** How many documents the index should hold. */
  documents: number
}

const PREFERRED = '1.50.0'
/** A database this many times larger than what is used of it is worth compacting. */
const ROOMY = 4

type Check = (connection: Connection, patient: Patient & { uid: string }) => Promise<Omit<Finding, 'what'>>

const CHECKS: Record<string, Check> = {
  server: checkServer,
  version: checkVersion,
  key: checkKey,
  'Chinese segmentation': checkChinese,
  index: checkIndex,
  documents: checkDocuments,
  queue: checkQueue,
  disk: checkDisk,
}

/** Looks a server over, one finding at a time; a check that fails is a finding too. */
export async function* examine(patient: Patient): AsyncGenerator<Finding> {
  const connection = new Connection({ ...patient, searchTimeout: 10_000 })
  for (const [what, check] of Object.entries(CHECKS)) {
    try {
      yield { what, ...(await check(connection, { uid: 'firstline', ...patient })) }
    } catch (error) {
      const { kind, message } = faultOf(error)
      yield { what, is: kind === 'missing' ? 'doubtful' : 'wrong', found: ADVICE[kind] ?? message }
      if (what === 'server') return
    }
  }
}

const ADVICE: Partial<Record<FaultKind, string>> = {
  refused: 'nothing answers at MEILI_URL',
  untrusted: 'its certificate is of no authority known here; name the file of yours in NODE_EXTRA_CA_CERTS',
  timeout: 'no answer in time',
  garbled: 'what answers at MEILI_URL is no Meilisearch',
  unauthorized: 'the key may not do this; make one with: npm run meili -- doctor --make-key',
  missing: 'there is none yet; the service makes it when it starts',
}

const right = (found: string) => ({ is: 'right', found }) as const
const doubtful = (found: string) => ({ is: 'doubtful', found }) as const
const wrong = (found: string) => ({ is: 'wrong', found }) as const

/** Any program may answer with JSON. */
async function checkServer({ client }: Connection) {
  const found = (await client.health()) as { status?: unknown } | undefined
  if (found?.status !== 'available') throw new RemoteFault('garbled')
  return right('available')
}

async function checkVersion(connection: Connection) {
  const found = (await connection.version()) ?? 'unknown'
  if (!isAtLeast(found, OLDEST_VERSION)) return wrong(`${found}, which is older than ${OLDEST_VERSION}`)
  return isAtLeast(found, PREFERRED) ? right(found) : doubtful(`${found}; ${PREFERRED} or later is better`)
}

async function checkKey(connection: Connection, { uid }: Patient & { uid: string }) {
  const another = 'make one with: npm run meili -- doctor --make-key'
  if (await isMaster(connection)) return doubtful(`this is a master key, or there is none at all; ${another}`)
  const lacking = await lackingRights(connection, uid)
  if (lacking.length > 0) return wrong(`it may not ${lacking.join(', ')}; ${another}`)
  return right('may do what the service does, and does not list keys')
}

/** A server built without its Chinese part takes a sentence for one word. Only a safety net hangs on it. */
async function checkChinese(connection: Connection, { uid }: Patient & { uid: string }) {
  const probe = `${uid}-probe-${randomBytes(6).toString('hex')}` // nobody else has one of that name
  await connection.create(probe, { searchableAttributes: ['text'] })
  try {
    const document = { id: 'probe', key: 'probe', v: '', prior: 0, facets: [], words: '', words_long: '' }
    await connection.put(probe, [{ ...document, text: ['计划停电公告'] }], 'firstline:probe')
    const queries = [{ indexUid: probe, q: '停电', locales: ['cmn'] }]
    const reply = (await connection.search({ federation: {}, queries })) as { hits: unknown[] }
    return reply.hits.length === 1
      ? right('停电 is found in 计划停电公告')
      : doubtful('停电 is not found in 计划停电公告')
  } finally {
    await connection.drop(probe)
  }
}

async function checkIndex(connection: Connection, { uid, owner, settings }: Patient & { uid: string }) {
  const actual = await connection.settings(uid)
  const mark = markOf(actual)
  if (mark?.owner !== owner)
    return wrong(
      `${uid} belongs to something else and is left alone; delete it there to make room, or use another server`,
    )
  if (mark.layout !== layoutOf(settings))
    return doubtful('made by another version; the service builds it anew')
  const drifted = changedSettings(actual, settings, mark)
  return drifted.length === 0
    ? right('its settings are ours')
    : wrong(`changed by somebody: ${drifted.join(', ')}; a running service sets that right`)
}

async function checkDocuments(connection: Connection, { uid, documents }: Patient & { uid: string }) {
  const found = await connection.count(uid)
  return found === documents
    ? right(String(found))
    : doubtful(`${found}, and ${documents} are published; a running service mends that`)
}

async function checkQueue({ client }: Connection) {
  const { total } = await client.tasks.getTasks({ statuses: ['enqueued', 'processing'], limit: 1 })
  const failed = await client.tasks.getTasks({ statuses: ['failed'], limit: 1 })
  const last = failed.results[0]?.error?.code
  const found = `${total} waiting, ${failed.total} failed${last ? `, last with ${last}` : ''}`
  return (total ?? 0) > 1000 || last === 'no_space_left_on_device' ? doubtful(found) : right(found)
}

async function checkDisk({ client }: Connection) {
  const { databaseSize, usedDatabaseSize } = await client.getStats()
  const [size, used] = [Number(databaseSize), Number(usedDatabaseSize)]
  const found = `${Math.ceil(size / 2 ** 20)} MiB, ${Math.ceil(used / 2 ** 20)} MiB of it used`
  return size > ROOMY * used && size > 2 ** 30 ? doubtful(`${found}; compact it`) : right(found)
}
