import * as fc from 'fast-check'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { createMeilisearchEngine } from '#server/platform/engine/meilisearch/engine.ts'
import { plainOf, slugOf, textOfSlug, wordToken } from '#server/platform/engine/meilisearch/tokens.ts'
import { createLexicon } from '#server/platform/text/lexicon.ts'
import { MASTER_KEY, startStub } from '../../support/meilisearch/stub.ts'
import { SETTINGS, build, find } from './library.ts'

// every request is a real one, to a server that tests and other work share the machine with
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const stub = await startStub()
let made = 0

const create = (settings = SETTINGS) => {
  made += 1
  const uid = `firstline-input-${made}`
  return createMeilisearchEngine({
    url: stub.url,
    key: MASTER_KEY,
    settings,
    uid,
    owner: 'test',
    searchTimeout: 60_000,
  })
}

const NASTY = [
  '"',
  '\\',
  'a\\',
  '\\"',
  '" OR facets EXISTS OR facets = "',
  "' OR 1=1 --",
  '🔌',
  '\ud83d',
  '供电"可靠\\',
  'IN [x]',
  'NOT EXISTS',
  '电'.repeat(200), // 600 bytes
  '🔌'.repeat(150),
  '',
  ' ',
  '\0',
  'ABC',
  'abc',
  '..',
  '-',
]

afterAll(() => stub.kill())
afterEach(() => expect(stub.violations).toEqual([]))

describe('ids, facets and areas that could break something', () => {
  it('are told apart, found by, and taken away again', async () => {
    const engine = create()
    const put = NASTY.map(text => build(`id${text}`, '停电', { facets: { kind: text }, areas: [text] }))
    await engine.apply({ put, remove: [] })
    expect(engine.size).toBe(NASTY.length)
    for (const text of NASTY) {
      expect(await find(engine, '停电', { facets: { kind: [text] } })).toEqual([`id${text}`])
      expect(await find(engine, '停电', { areas: [text] })).toEqual([`id${text}`])
    }
    expect(await find(engine, '停电', { facets: { 'kind" OR facets EXISTS': ['x'] } })).toEqual([])
    expect(await find(engine, '停电', { facets: { kind: [] } })).toEqual([])
    expect(await find(engine, '停电', { areas: [] })).toEqual([])
    await engine.apply({ put: [], remove: NASTY.map(text => `id${text}`) })
    expect(engine.size).toBe(0)
  })

  it('a document with more conditions than can be kept is found by nobody who names some', async () => {
    const engine = create()
    const areas = Array.from({ length: 9 }, (_, at) => `区${at}`)
    await engine.apply({ put: [build('entry:1', '停电', { areas })], remove: [] })
    expect(await find(engine, '停电', { areas })).toEqual([])
  })

  it('every text has a slug of its own, of the letters an id may have', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.string({ maxLength: 300 }),
        (one, other) => {
          expect(slugOf(one)).toMatch(/^[a-z0-9_-]{0,468}$/u)
          expect(slugOf(one) === slugOf(other)).toBe(one === other)
          expect(textOfSlug(slugOf(one)) ?? one).toBe(one)
          expect(plainOf(wordToken(one))).toBe(one)
        },
      ),
    )
  })
})

describe('what is typed', () => {
  it('never breaks a request', async () => {
    const engine = create()
    await engine.apply({ put: NASTY.map((text, at) => build(`entry:${at}`, `停电${text}`)), remove: [] })
    for (const text of NASTY) {
      const result = await engine.search({ text: `停电${text}`, limit: 50, offset: 0 })
      expect(result.hits.length).toBeGreaterThan(0)
    }
  })

  it('nor do synonyms', async () => {
    const lexicon = createLexicon({ synonyms: [['停电', ...NASTY]], framing: NASTY })
    const engine = create({ ...SETTINGS, lexicon })
    await engine.apply({ put: [build('entry:1', '停电'), build('entry:2', '电'.repeat(200))], remove: [] })
    expect(await find(engine, '停电')).toContain('entry:1')
    for (const text of NASTY) await find(engine, `${text}停电`)
  })
})

describe('an engine that knows of no document', () => {
  it('asks nothing that is not a number', async () => {
    made += 1
    const uid = `firstline-input-${made}`
    const given = {
      url: stub.url,
      key: MASTER_KEY,
      settings: SETTINGS,
      uid,
      owner: 'test',
      searchTimeout: 60_000,
    }
    const engine = createMeilisearchEngine({ ...given, frequencyOf: () => 0 })
    await engine.apply({ put: [], remove: ['entry:1'] })
    expect(await find(engine, '停电赔偿')).toEqual([])
  })
})
