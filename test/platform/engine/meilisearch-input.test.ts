import * as fc from 'fast-check'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { createMeilisearchEngine } from '#server/platform/engine/meilisearch/engine.ts'
import { plainOf, slugOf, textOfSlug, wordToken } from '#server/platform/engine/meilisearch/tokens.ts'
import { createLexicon } from '#server/platform/text/lexicon.ts'
import { startServer } from '../../support/meilisearch/server.ts'
import { SETTINGS, build, find } from './library.ts'

// every request is a real one, to a server that tests and other work share the machine with
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const server = await startServer()
const { url, key, newUid } = server
const PATIENT = { searchTimeout: 60_000, timeout: 60_000 }

const create = (settings = SETTINGS, rest = {}) =>
  createMeilisearchEngine({ url, key, settings, uid: newUid(), owner: 'test', ...PATIENT, ...rest })

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
  '停\0电',
  '\udc00\ud800',
  '\n\t',
  '__proto__',
  'constructor',
  '👩‍👩‍👧',
  'ABC',
  'abc',
  '..',
  '-',
]

afterAll(() => server.close())

/** An id with the text in it, or one of its code units where it is half a character, which no server takes. */
const idOf = (text: string): string =>
  text.isWellFormed() ? `id${text}` : `id-${Buffer.from(text, 'utf16le').toString('hex')}`

describe('ids, facets and areas that could break something', () => {
  it('are told apart, found by, and taken away again', async () => {
    const engine = create()
    const put = NASTY.map(text => build(idOf(text), '停电', { facets: { kind: text }, areas: [text] }))
    await engine.apply({ put, remove: [] })
    expect(engine.size).toBe(NASTY.length)
    for (const text of NASTY) {
      expect(await find(engine, '停电', { facets: { kind: [text] } })).toEqual([idOf(text)])
      expect(await find(engine, '停电', { areas: [text] })).toEqual([idOf(text)])
    }
    expect(await find(engine, '停电', { facets: { 'kind" OR facets EXISTS': ['x'] } })).toEqual([])
    expect(await find(engine, '停电', { facets: { kind: [] } })).toEqual([])
    expect(await find(engine, '停电', { areas: [] })).toEqual([])
    await engine.apply({ put: [], remove: NASTY.map(idOf) })
    expect(engine.size).toBe(0)
  })

  it('an id with half a character in it is not taken, and blocks no other', async () => {
    const engine = create()
    const put = ['一', '\ud83d', '二'].map(text => build(text, '停电'))
    expect([...(await engine.send({ put, remove: [] }, 1)).keys()]).toEqual(['\ud83d'])
    expect((await find(engine, '停电')).toSorted()).toEqual(['一', '二'])
  })

  it('of any texts each finds its own alone, and any text may be typed', async () => {
    const texts = fc.uniqueArray(fc.string({ unit: 'binary', maxLength: 60 }), { minLength: 2, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(texts, async ([typed = '', ...own]) => {
        const engine = create()
        const rest = (text: string) => ({ facets: { [text]: text }, areas: [text], body: typed })
        await engine.rebuild(own.map((text, at) => build(`entry:${at}`, `停电${text}`, rest(text))))
        for (const [at, text] of own.entries()) {
          expect(await find(engine, '停电', { facets: { [text]: [text] } })).toEqual([`entry:${at}`])
          expect(await find(engine, '停电', { areas: [text] })).toEqual([`entry:${at}`])
        }
        expect(await find(engine, '停电', { facets: { kind: [typed] }, areas: [typed] })).toEqual([])
        await find(engine, typed)
      }),
      { numRuns: 8 },
    )
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
    const engine = create(SETTINGS, { frequencyOf: () => 0 })
    await engine.apply({ put: [], remove: ['entry:1'] })
    expect(await find(engine, '停电赔偿')).toEqual([])
  })
})
