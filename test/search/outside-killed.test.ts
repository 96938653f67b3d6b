import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { SearchReply } from '#server/contract/search.ts'
import { documentsInForce } from '#server/search/index.ts'
import { makeApp, type TestApp } from '../support/app.ts'
import { StoredIndex } from '../support/meilisearch/stored-index.ts'
import { MASTER_KEY, startStub, type Stub } from '../support/meilisearch/stub.ts'
import { settle } from '../support/outside.ts'

// every request is a real one, to a server that tests and other work share the machine with
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const WORDS = ['过户', '销户', '增容', '减容']

let stub: Stub
/** A database whose entries the server has, and what the server then holds. */
let level: { database: Buffer; index: StoredIndex }

beforeAll(async () => {
  stub = await startStub()
  const app = await start()
  for (const word of WORDS) publish(app, word)
  await settle(app)
  level = { database: app.db.$client.serialize(), index: stub.store.index('firstline') }
  await app.close()
})

afterAll(async () => {
  await stub.kill()
  expect(stub.violations).toEqual([])
})

const start = (from?: Buffer): Promise<TestApp> =>
  makeApp({ ...(from && { from }), meili: { url: stub.url, key: MASTER_KEY } })

const publish = (app: TestApp, word: string): number =>
  app.build.entry({ standardQuestion: `${word}要办多久？`, similarQuestions: [] })

/** A copy that nothing of a run before it has touched. */
function copyOf(index: StoredIndex, adapt: (settings: Record<string, unknown>) => void): StoredIndex {
  const copy = new StoredIndex(index.primaryKey)
  const settings = structuredClone(index.settings)
  adapt(settings)
  copy.set(settings)
  for (const document of index.documents.values()) copy.put({ ...document })
  return copy
}

/** What a process is to do when it dies: how the server and the database are before, and what is done then. */
const SCENES: Record<
  string,
  { indexes: () => [string, StoredIndex][]; act: (app: TestApp) => Promise<void> }
> = {
  'a build from nothing': { indexes: () => [], act: settle },
  'a build beside an index of another layout': {
    indexes: () => [['firstline', copyOf(level.index, outdate)]],
    act: settle,
  },
  'what was published, changed and retired': {
    indexes: () => [['firstline', copyOf(level.index, () => undefined)]],
    act: async app => {
      await settle(app)
      await change(app)
      await settle(app)
    },
  },
}

const outdate = (settings: Record<string, unknown>): void => {
  const { firstlinemark } = settings.synonyms as { firstlinemark: string[] }
  settings.synonyms = { firstlinemark: firstlinemark.with(1, 'older') }
}

async function change({ build, db, clock, indexer }: TestApp): Promise<void> {
  const [changed, retired] = documentsInForce(db, clock.now).map(one => Number(one.id.split(':')[1]))
  build.publish(build.revision(changed!, { standardQuestion: '过户要多少钱？', similarQuestions: [] }))
  build.retire(retired!)
  build.entry({ standardQuestion: '报装要办多久？', similarQuestions: [] })
  await indexer.follow()
}

/** Runs a scene in a process of its own until `isOver`, which is resolved where it is to die. */
async function play(scene: string, watch: (app: TestApp, isOver: () => void) => void): Promise<void> {
  stub.store.indexes = new Map(SCENES[scene]!.indexes())
  const app = await start(level.database)
  const over = Promise.withResolvers<undefined>()
  watch(app, () => over.resolve(undefined))
  await Promise.race([SCENES[scene]!.act(app), over.promise])
  await app.close()
  stub.faultOf = () => undefined
}

/** Tells what a process leaves when it dies at a request: how often it has changed the server, and its database. */
function states({ db }: TestApp): (isChange: boolean) => string {
  const written = db.$client.prepare('select total_changes()').pluck()
  let changes = 0
  return isChange => {
    const state = `${changes} ${String(written.get())}`
    if (isChange) changes += 1
    return state
  }
}

const isChange = (method: string, path: string): boolean => method !== 'GET' && path !== '/multi-search'

interface Death {
  state: string
  how: 'cut' | 'lost'
}

/**
 * Where a process may die in a scene, each with what it leaves: requests that leave the same are one. `cut`: the server
 * never had the request; `lost`: it had it, and has not carried it out when the next process comes.
 */
async function deathsIn(scene: string): Promise<{ deaths: Death[]; requests: number }> {
  const found = new Map<string, Death>()
  let requests = 0
  await play(scene, app => {
    const stateOf = states(app)
    stub.faultOf = (method, path) => {
      requests += 1
      const state = stateOf(isChange(method, path))
      found.set(`${state} cut`, { state, how: 'cut' })
      if (isChange(method, path)) found.set(`${state} lost`, { state, how: 'lost' })
      return undefined
    }
  })
  return { deaths: [...found.values()], requests }
}

/** The database that a process leaves which dies so. */
async function die(scene: string, { state, how }: Death): Promise<Buffer> {
  let left: Buffer | undefined
  await play(scene, (app, isOver) => {
    const stateOf = states(app)
    stub.faultOf = (method, path) => {
      if (left) return 'cut'
      const isHere = stateOf(isChange(method, path)) === state
      if (!isHere || (how === 'lost' && !isChange(method, path))) return undefined
      left = app.db.$client.serialize()
      stub.store.queue.stop()
      isOver()
      return how
    }
  })
  return left ?? expect.unreachable(`nothing was left at ${state}`)
}

async function find({ inject }: TestApp, cookie: string, word: string): Promise<SearchReply> {
  const url = `/api/search?q=${encodeURIComponent(word)}&limit=50`
  const reply = await inject({ url, headers: { cookie } })
  expect(reply.statusCode).toBe(200)
  return reply.json<SearchReply>()
}

/** Starts again on what the dead process left: every search is right, and one whole index comes of it. */
async function goOn(database: Buffer): Promise<void> {
  const app = await start(database)
  const { cookie } = await app.signIn('agent')
  const documents = documentsInForce(app.db, app.clock.now)
  const check = async () => {
    for (const { id, fields } of documents.slice(-1)) {
      const { hits, engine } = await find(app, cookie, fields.title![0]!.slice(0, 2))
      expect(hits.map(hit => `entry:${hit.id}`)).toContain(id)
      expect(hits.every(hit => documents.some(one => one.id === `entry:${hit.id}`))).toBe(true)
      answered.add(engine)
    }
  }
  const answered = new Set<string>()
  await check()
  stub.store.queue.start()
  await Promise.all([settle(app), check()])
  answered.clear()
  await check()
  expect([...answered]).toEqual(['meilisearch'])
  expect([...stub.store.indexes.keys()]).toEqual(['firstline'])
  const held = Array.from(stub.store.index('firstline').documents.values(), one => [one.key, one.v])
  const wanted = documents.map(one => [one.id, app.deps.remote!.main.fingerprint(one)])
  expect(held.toSorted()).toEqual(wanted.toSorted())
  await app.close()
}

describe('a process killed at any request to the stub', () => {
  it.each(Object.keys(SCENES))('of %s: the next one comes to one whole index', async scene => {
    const { deaths, requests } = await deathsIn(scene)
    expect(requests).toBeGreaterThan(deaths.length)
    expect(new Set(deaths.map(({ how }) => how))).toEqual(new Set(['cut', 'lost']))
    for (const death of deaths) await goOn(await die(scene, death))
  })
})
