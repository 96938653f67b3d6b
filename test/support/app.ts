import { randomBytes } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { buildApp } from '#server/app.ts'
import type { Config } from '#server/config.ts'
import type { Role } from '#server/contract/lists.ts'
import type { Deps } from '#server/deps.ts'
import { createDemoPeople, putDepartment } from '#server/people/index.ts'
import { openDb, write, type Db } from '#server/platform/db/db.ts'
import { createEmbeddedEngine } from '#server/platform/engine/embedded/engine.ts'
import { hashWith } from '#server/platform/kernel/keys.ts'
import { vaultWith } from '#server/platform/kernel/vault.ts'
import { createLexicon, type Lexicon } from '#server/platform/text/lexicon.ts'
import { readLexicons } from '#server/scripts/index.ts'
import { createRemote, SEARCH_FIELDS } from '#server/search/index.ts'
import { importSources } from '#server/sources/index.ts'
import { builders, SOURCES, type Build } from './build.ts'

/** 10:00 on 22 November 2026 in China. */
export const NOW = Date.parse('2026-11-22T02:00:00Z')

/** One dictionary for all apps of a test file: it takes longer to load than an app to build. */
const smallLexicon = createLexicon({
  synonyms: [
    ['停电', '没电', '断电'],
    ['赔偿', '赔钱'],
  ],
  framing: ['请问', '怎么办'],
})

/** The words of the checks of scripts, as they come with the service. */
const scriptWords = readLexicons()

export interface TestApp {
  inject: (request: InjectOptions | string) => Promise<LightMyRequestResponse>
  deps: Deps
  db: Db
  /** The clock of the whole app; move it by setting `now`. */
  clock: { now: number }
  build: Build
  app: Awaited<ReturnType<typeof buildApp>>['app']
  indexer: Awaited<ReturnType<typeof buildApp>>['indexer']
  sync: Awaited<ReturnType<typeof buildApp>>['sync']
  /** Signs a demo persona in; each call is a browser of its own. */
  signIn: (persona: Role, department?: string) => Promise<Client>
  close: () => Promise<void>
}

/** A signed-in browser: its requests carry the cookie. */
export interface Client {
  id: number
  cookie: string
  get: (url: string) => Promise<LightMyRequestResponse>
  post: (url: string, payload?: object) => Promise<LightMyRequestResponse>
  put: (url: string, payload?: object) => Promise<LightMyRequestResponse>
  delete: (url: string) => Promise<LightMyRequestResponse>
}

export interface AppOptions {
  /** A database file that outlives the app; in memory when absent. */
  path?: string
  /** What `serialize()` of a database in memory gave, to go on with in memory. */
  from?: Buffer
  /** Begins without personas, as a real set-up does: no departments, no sources, nobody. */
  isReal?: boolean
  config?: Partial<Config>
  clock?: { now: number }
  hash?: Deps['hash']
  /** The words of the starter content, say, instead of the few of these tests. */
  lexicon?: Lexicon
  vault?: Deps['vault']
  /** A Meilisearch server, and how long (ms) it may take: as long as a slow machine needs when absent. */
  meili?: { url: string; key: string | undefined; patience?: Parameters<typeof createRemote>[4] }
}

/** A server that failed is tried again in a fiftieth of the time. */
const PATIENT = { searchTimeout: 60_000, timeout: 60_000, clock: () => 50 * performance.now() }

/** The whole service on a database of its own, with departments, a few sources and the demo personas. */
export async function makeApp(options: AppOptions = {}): Promise<TestApp> {
  const clock = options.clock ?? { now: NOW }
  const db = openTestDb(options)
  const { lexicon = smallLexicon } = options
  const embedded = createEmbeddedEngine({ fields: SEARCH_FIELDS, lexicon })
  // the few documents of a test need no worker, which would take longer to start than most tests to run
  embedded.rebuild = async documents => {
    const put = []
    for await (const document of documents) put.push(document)
    await embedded.apply({ put, remove: [] })
  }
  const { meili } = options
  const patience = { ...PATIENT, ...meili?.patience }
  const remote = meili && createRemote(db, meili, embedded, lexicon, patience)
  const engine = remote?.pair ?? embedded
  const hash = options.hash ?? hashWith(randomBytes(32))
  const vault = options.vault ?? vaultWith([randomBytes(32)])
  const config = configOf(options.config)
  const deps: Deps = { db, engine, remote, lexicon, scriptWords, clock: () => clock.now, config, hash, vault }
  const { app, indexer, sync } = await buildApp(deps)
  await makeReady(app)
  const inject: TestApp['inject'] = request => app.inject(request)
  const close = async () => {
    await app.close()
    await engine.close()
    db.$client.close()
  }
  const signIn: TestApp['signIn'] = (persona, department) => signInAs(inject, persona, department)
  return { inject, app, indexer, sync, deps, db, clock, signIn, close, build: builders(db, clock) }
}

const configOf = (config: Partial<Config> = {}): Config => ({
  host: '127.0.0.1',
  port: 0,
  dataDir: 'none',
  demo: 'default',
  logLevel: 'silent',
  version: '0.0.0-test',
  ...config,
})

type App = TestApp['app']
type SerializerCompiler = NonNullable<App['serializerCompiler']>

let serializers: SerializerCompiler | undefined

/** Shapes of answers are compiled once for all apps of the process: that takes longer than all else of an app. */
async function makeReady(app: App): Promise<void> {
  if (serializers) app.setSerializerCompiler(serializers)
  await app.ready()
  serializers ??= eachOnce(app.serializerCompiler!)
}

function eachOnce(compile: SerializerCompiler): SerializerCompiler {
  const known = new WeakMap<object, ReturnType<SerializerCompiler>>()
  return route => {
    const schema = route.schema as object
    const serialize = known.get(schema) ?? compile(route)
    known.set(schema, serialize)
    return serialize
  }
}

const DEPARTMENTS: [string, string, string][] = [
  ['planning', '计划建设', 'Planning'],
  ['operations', '生产运行', 'Operations'],
  ['safety', '安全管理', 'Safety'],
  ['market', '市场营销', 'Marketing'],
  ['service', '客户服务', 'Customer service'],
]

/** Databases as tests begin with them, each made once a process. */
const beginnings: { demo?: Buffer; real?: Buffer } = {}

/** A database of its own that begins as a copy; one that is at `path` already is opened as it is. */
function openTestDb({ path, from, isReal }: AppOptions): Db {
  if (from) return openDb(from)
  if (path !== undefined && existsSync(path)) return openDb(path)
  const beginning = (beginnings[isReal ? 'real' : 'demo'] ??= makeBeginning(!isReal))
  if (path === undefined) return openDb(beginning)
  writeFileSync(path, beginning)
  return openDb(path)
}

function makeBeginning(isDemo: boolean): Buffer {
  const db = openDb(':memory:')
  if (isDemo) fill(db)
  const beginning = db.$client.serialize()
  db.$client.close()
  return beginning
}

function fill(db: Db): void {
  write(db, tx => {
    for (const [slug, name, nameEn] of DEPARTMENTS) putDepartment(tx, slug, { name, nameEn })
    importSources(tx, SOURCES)
    createDemoPeople(tx, NOW)
  })
}

async function signInAs(inject: TestApp['inject'], persona: Role, department?: string): Promise<Client> {
  const reply = await inject({ method: 'POST', url: '/api/session', payload: { persona, department } })
  const [{ name = '', value = '' } = {}] = reply.cookies
  const cookie = `${name}=${value}`
  const send = (method: 'GET' | 'POST' | 'PUT' | 'DELETE') => (url: string, payload?: object) =>
    inject({ method, url, payload, headers: { cookie } })
  const id = reply.json<{ person: { id: number } }>().person.id
  return { id, cookie, get: send('GET'), post: send('POST'), put: send('PUT'), delete: send('DELETE') }
}
