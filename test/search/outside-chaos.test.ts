import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SearchReply } from '#server/contract/search.ts'
import { makeApp, type TestApp } from '../support/app.ts'
import { MASTER_KEY, startStub, type Stub } from '../support/meilisearch/stub.ts'
import { published, settle } from '../support/outside.ts'

// every request is a real one, to a server that tests and other work share the machine with
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const WORDS = ['过户', '销户', '增容', '减容', '报装', '改类', '更名', '复电']
const STEPS = 40

let stub: Stub
let t: TestApp

beforeEach(async () => {
  stub = await startStub()
  t = await makeApp({ meili: { url: stub.url, key: MASTER_KEY } })
})

afterEach(async () => {
  await t.close()
  await stub.kill()
  expect(stub.violations).toEqual([])
})

/** The same numbers for the same seed (mulberry32). */
function numbers(seed: number): (most: number) => number {
  let state = seed
  return most => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % most
  }
}

describe('chaos, of the stub', () => {
  it.each([1, 2, 3])(
    'seed %i: killed and started at random, nothing fails, nothing is wrong, both end equal',
    async seed => {
      const agent = await t.signIn('agent')
      const random = numbers(seed)
      const live = new Map<number, string>()
      const answered = new Set<string>()
      let isUp = true
      await settle(t)
      for (let step = 0; step < STEPS; step += 1) {
        const act = random(6)
        const word = WORDS[random(WORDS.length)]!
        if (act < 2)
          live.set(t.build.entry({ standardQuestion: `${word}要办多久？`, similarQuestions: [] }), word)
        if (act === 2 && live.size > 0) {
          const id = [...live.keys()][random(live.size)]!
          t.build.retire(id)
          live.delete(id)
        }
        if (act === 3) {
          await (isUp ? stub.kill() : stub.start())
          isUp = !isUp
        }
        if (act === 4) void t.sync!.round()
        const reply = await agent.get(`/api/search?q=${encodeURIComponent(word)}&limit=50`)
        expect(reply.statusCode).toBe(200)
        const { hits, engine } = reply.json<SearchReply>()
        answered.add(engine)
        const right = [...live].filter(([, known]) => known === word).map(([id]) => id)
        expect(hits.map(hit => hit.id)).toEqual(expect.arrayContaining(right))
        expect(hits.every(hit => live.has(hit.id))).toBe(true)
      }
      expect([...answered].toSorted()).toEqual(['embedded', 'meilisearch'])
      if (!isUp) await stub.start()
      await settle(t)
      expect(stub.store.keysOf('firstline')).toEqual(published(t))
    },
  )
})

describe('a build, on the stub', () => {
  it('with searches all the while that find everything', async () => {
    const agent = await t.signIn('agent')
    const id = t.build.entry({ standardQuestion: '报装要办多久？', similarQuestions: [] })
    await settle(t)
    stub.store.queue.delay = 20
    stub.store.index('firstline').settings.synonyms = { firstlinemark: markOf().with(1, 'older') }
    t.deps.remote!.pair.fail(new Error('begin anew'))
    const whole = settle(t)
    for (let ask = 0; ask < 10; ask += 1) {
      const { hits } = (await agent.get(`/api/search?q=${encodeURIComponent('报装')}`)).json<SearchReply>()
      expect(hits.map(hit => hit.id)).toEqual([id])
    }
    await whole
    expect(markOf()[1]).not.toBe('older')
    expect(stub.store.keysOf('firstline')).toEqual(published(t))
  })
})

/** The mark of the index in use: whose it is, its layout, its build. */
function markOf(): string[] {
  const { synonyms } = stub.store.index('firstline').settings as { synonyms: { firstlinemark: string[] } }
  const [owner = '', layout = '', build = ''] = synonyms.firstlinemark
  return [owner, layout, build]
}
