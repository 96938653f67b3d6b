import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEmbeddedEngine } from '#server/platform/engine/embedded/engine.ts'
import { faultOf, RemoteFault, type FaultKind } from '#server/platform/engine/meilisearch/faults.ts'
import { pairEngines, type PairedEngine } from '#server/platform/engine/paired.ts'
import type { SearchEngine } from '#server/platform/engine/port.ts'
import { LIBRARY, SETTINGS, build } from './library.ts'

/** An engine that answers with one id, or fails as it is told. */
function makeMain() {
  const told = { asked: 0, fault: undefined as RemoteFault | undefined, finds: ['entry:2'] }
  const engine: SearchEngine = {
    name: 'outside',
    size: 1,
    search: async () => {
      told.asked += 1
      if (told.fault) throw told.fault
      return { hits: told.finds.map(id => ({ id, score: 1 })), total: told.finds.length, facets: {} }
    },
    apply: async () => undefined,
    rebuild: async () => undefined,
    close: async () => undefined,
  }
  return { told, engine }
}

let main: ReturnType<typeof makeMain>
let fallback: SearchEngine
let pair: PairedEngine
let now: number
const ask = (text = '停电') => pair.search({ text, limit: 10, offset: 0 })

beforeEach(async () => {
  now = 0
  main = makeMain()
  fallback = createEmbeddedEngine(SETTINGS)
  await fallback.apply({ put: LIBRARY, remove: [] })
  pair = pairEngines({ main: main.engine, fallback, faultOf, clock: () => now })
})
afterEach(() => pair.close())

describe('two engines as one', () => {
  it('does not ask the main one before it is in step', async () => {
    expect(await ask()).toMatchObject({ answeredBy: 'embedded', degraded: true })
    expect(main.told.asked).toBe(0)
    pair.serve()
    expect(await ask()).toEqual({ hits: [{ id: 'entry:2', score: 1 }], total: 1, facets: {} })
  })

  it.each<[FaultKind, number]>([
    ['refused', 1],
    ['busy', 1],
    ['unauthorized', 1],
    ['garbled', 1],
    ['missing', 1],
    ['timeout', 2],
  ])('after %s it is asked %i times and then left alone', async (kind, times) => {
    pair.serve()
    main.told.fault = new RemoteFault(kind)
    let troubled = 0
    pair.onTrouble = () => (troubled += 1)
    for (let n = 0; n < 5; n += 1)
      expect(await ask()).toMatchObject({ answeredBy: 'embedded', degraded: true })
    expect(main.told.asked).toBe(times)
    expect(troubled).toBe(times)
    expect(pair.health).toMatchObject({ degraded: true, state: 'down', fault: kind })
  })

  it('says for how long it has served or not, however often it is tried meanwhile', () => {
    now = 100
    expect(pair.health).toMatchObject({ state: 'looking', lasting: 100 })
    pair.serve()
    now = 350
    expect(pair.health).toMatchObject({ state: 'serving', lasting: 250 })
    pair.fail(new RemoteFault('unauthorized', 'invalid_api_key'))
    const down = { state: 'down', fault: 'unauthorized', code: 'invalid_api_key' }
    expect(pair.health).toMatchObject({ ...down, lasting: 0 })
    now = 1000
    pair.prepare('looking')
    expect(pair.health).toMatchObject({ ...down, lasting: 650 })
    pair.prepare('building')
    expect(pair.health).toMatchObject({ state: 'building', lasting: 650 })
    pair.serve()
    expect(pair.health).toEqual(expect.objectContaining({ degraded: false, state: 'serving', lasting: 0 }))
    expect(pair.health).not.toHaveProperty('fault')
  })

  it('counts a document as set aside until it is taken', () => {
    pair.settle(['entry:1', 'entry:2'], new Map([['entry:2', 'invalid_document_id']]))
    expect([pair.health.setAside, pair.codeAgainst('entry:2')]).toEqual([1, 'invalid_document_id'])
    pair.settle(['entry:2'], new Map())
    expect([pair.health.setAside, pair.codeAgainst('entry:2')]).toEqual([0, undefined])
  })

  it('waits twice as long after each failure, half a minute at most, and as long as it is asked to', () => {
    pair.serve()
    const waits = Array.from({ length: 9 }, () => {
      pair.fail(new RemoteFault('refused'))
      let wait = 0
      for (; !pair.isDue; now += 100) wait += 100
      return wait
    })
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000])
    pair.serve()
    pair.fail(new RemoteFault('busy', 'too_many_search_requests', 90_000))
    now += 89_999
    expect(pair.isDue).toBe(false)
    now += 1
    expect(pair.isDue).toBe(true)
  })

  it('one that answers when it is looked over and not when agents ask is left alone for ever longer', async () => {
    const waits: number[] = []
    for (let outage = 0; outage < 4; outage += 1) {
      pair.serve()
      main.told.fault = outage === 3 ? undefined : new RemoteFault('timeout')
      await ask()
      main.told.fault = new RemoteFault('timeout')
      await ask()
      await ask()
      let wait = 0
      for (; !pair.isDue; now += 100) wait += 100
      waits.push(wait)
    }
    expect(waits).toEqual([500, 1000, 2000, 500])
  })

  it('searches that were under way when it began to fail do not make the wait longer', async () => {
    pair.serve()
    main.told.fault = new RemoteFault('refused')
    await Promise.all(Array.from({ length: 20 }, () => ask()))
    expect(main.told.asked).toBe(20)
    now += 500
    expect(pair.isDue).toBe(true)
  })

  it('answers for what changed and is not confirmed, and for nothing that is gone', async () => {
    pair.serve()
    await pair.apply({ put: [build('entry:9', '停电赔偿')], remove: ['entry:2'] })
    const before = new Map(pair.fresh)
    const { hits, degraded } = await ask('停电赔偿')
    expect(hits.map(hit => hit.id)).toEqual(['entry:9'])
    expect(degraded).toBeUndefined()
    await pair.apply({ put: [build('entry:9', '停电补偿')], remove: [] })
    pair.confirm(before)
    expect([...pair.fresh.keys()]).toEqual(['entry:9'])
    pair.confirm(new Map(pair.fresh))
    expect((await ask('停电赔偿')).hits.map(hit => hit.id)).toEqual(['entry:2'])
  })

  it('nothing found is believed where nothing but young ones could be', async () => {
    pair.serve()
    main.told.finds = []
    expect(await ask('停电赔偿')).toMatchObject({ answeredBy: 'embedded', degraded: true })
    await pair.apply({ put: [build('entry:9', '并户')], remove: [] })
    const { hits, degraded } = await ask('并户')
    expect(hits.map(hit => hit.id)).toEqual(['entry:9'])
    expect(degraded).toBeUndefined()
    expect(await ask('停电赔偿')).toMatchObject({ answeredBy: 'embedded', degraded: true })
  })

  it('with too much on its way the engine in the process answers alone', async () => {
    pair.serve()
    const put = Array.from({ length: 501 }, (_, at) => build(`new:${at}`, '停电'))
    await pair.apply({ put, remove: [] })
    expect(await ask()).toMatchObject({ answeredBy: 'embedded', degraded: true })
    expect(main.told.asked).toBe(0)
  })
})
