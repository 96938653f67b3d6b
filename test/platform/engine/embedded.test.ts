import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createBuilder } from '#server/platform/engine/embedded/builder.ts'
import { createEmbeddedEngine } from '#server/platform/engine/embedded/engine.ts'
import { mergeSegments } from '#server/platform/engine/embedded/merge.ts'
import { planQuery } from '#server/platform/engine/embedded/plan.ts'
import { REACH } from '#server/platform/engine/embedded/scoring.ts'
import { createSearcher } from '#server/platform/engine/embedded/search.ts'
import { bringToLife, bury, type LiveSegment } from '#server/platform/engine/embedded/segment.ts'
import { Shelf } from '#server/platform/engine/embedded/shelf.ts'
import { stringAt } from '#server/platform/engine/embedded/strings.ts'
import type { EngineDocument, EngineResult } from '#server/platform/engine/port.ts'
import { analyseQuery } from '#server/platform/text/query.ts'
import { engineContract } from './contract.ts'
import { SETTINGS, build, find } from './library.ts'

engineContract('embedded', createEmbeddedEngine)

const { fields, lexicon } = SETTINGS
const search = createSearcher(lexicon)
const characters = fc.constantFrom(...'停电过户费表压线路投诉赔偿 ab1')
const someText = fc
  .array(characters, { minLength: 1, maxLength: 12 })
  .map(parts => parts.join('').trim() || '停')
const library = fc.array(fc.tuple(someText, someText), { minLength: 1, maxLength: 30 })

function makeSegment(
  documents: readonly EngineDocument[],
  meanLengths?: Record<string, number>,
): LiveSegment {
  const builder = createBuilder({ fields, synonyms: lexicon.words.synonyms })
  for (const document of documents) builder.add(document)
  return bringToLife(builder.finish(meanLengths))
}

const batch = (from: number) =>
  Array.from({ length: 60 }, (_, at) => build(`entry:${from + at}`, `第${from + at}条线路`))

/** Adds every list of every wish up, with no short cut; the leading wishes decide who is within reach. */
function naiveScores(live: readonly LiveSegment[], text: string): Map<string, number> {
  const scores = new Map<string, number>()
  const led = new Map<string, number>()
  for (const { weight, terms, isLeading } of planQuery(analyseQuery(text, lexicon), live)) {
    live.forEach(({ segment, alive }, index) => {
      for (const [from, to] of terms[index] ?? []) {
        for (const posting of segment.postings.slice(segment.starts[from], segment.starts[to])) {
          const ordinal = posting >>> 8
          const id = stringAt(segment.documents.ids, ordinal)
          if (alive[ordinal] === 0) continue
          const gain = (weight * (posting & 0xff)) / 255
          scores.set(id, (scores.get(id) ?? 0) + gain)
          if (isLeading || to - from > 1) led.set(id, (led.get(id) ?? 0) + gain)
        }
      }
    })
  }
  const best = Math.max(0, ...led.values())
  return new Map([...scores].filter(([id]) => (led.get(id) ?? 0) >= REACH * best * 1.0001))
}

/** Ids and scores without the noise of adding in another order, and without those at the edge of reach. */
function wellWithin({ hits }: EngineResult): string[] {
  const [best] = hits
  const near = hits.filter(hit => best && hit.score >= REACH * best.score * 1.01)
  return near.map(hit => `${hit.id} ${hit.score.toFixed(3)}`).toSorted()
}

describe('the embedded index', () => {
  test('finds what adding everything up finds, with the same scores', () => {
    fc.assert(
      fc.property(library, library, someText, fc.nat(29), (first, second, text, gone) => {
        const toDocuments = (texts: typeof first, name: string) =>
          texts.map(([title, body], at) => build(`${name}:${at}`, title, { body }))
        const live = [makeSegment(toDocuments(first, 'old')), makeSegment(toDocuments(second, 'new'))]
        for (const one of live) bury(one, `old:${gone}`)
        const expected = naiveScores(live, text)
        const found = search(live, { text, limit: 1000, offset: 0 })
        const scores = new Map(found.hits.map(hit => [hit.id, hit.score]))
        for (const [id, score] of expected) expect(scores.get(id)).toBeCloseTo(score, 3)
        expect(found.hits.map(hit => hit.score)).toEqual(
          [...scores.values()].toSorted((one, other) => other - one),
        )
        const few = search(live, { text, limit: 3, offset: 0 })
        expect(few.hits.map(hit => hit.score)).toEqual(found.hits.slice(0, 3).map(hit => hit.score))
        expect(few.total).toBe(found.hits.length)
      }),
    )
  })

  test('a merged index answers like the parts it was made of', () => {
    fc.assert(
      fc.property(library, library, someText, fc.nat(29), (first, second, text, gone) => {
        const documents = first.map(([title, body], at) =>
          build(`old:${at}`, title, { body, facets: { kind: title } }),
        )
        const old = makeSegment(documents)
        const added = second.map(([title, body], at) => build(`new:${at}`, title, { body, areas: [body] }))
        const live = [old, makeSegment(added, old.segment.meanLengths)]
        bury(old, `old:${gone}`)
        const query = { text, limit: 1000, offset: 0 }
        const merged = search([bringToLife(mergeSegments(live))], query)
        if (gone < first.length) expect(merged.hits.some(hit => hit.id === `old:${gone}`)).toBe(false)
        else expect(wellWithin(merged)).toEqual(wellWithin(search(live, query)))
      }),
    )
  })

  test('what a second rebuild was ordered before stays, though the first is still under way', async () => {
    const engine = createEmbeddedEngine(SETTINGS)
    const rebuilds = [engine.rebuild([]), engine.rebuild([build('entry:2', '过户')])]
    await engine.apply({ put: [build('entry:1', '停电')], remove: ['entry:2'] })
    await Promise.all(rebuilds)
    expect(await find(engine, '停电')).toEqual(['entry:1'])
    expect(await find(engine, '过户')).toEqual([])
    await engine.close()
  })

  test('scattered changes are merged while more come in, and nothing is lost', async () => {
    const shelf = new Shelf()
    const expected = new Map<string, EngineDocument>()
    const put = (documents: EngineDocument[], removed: string[] = []) => {
      shelf.change([...removed, ...documents.map(({ id }) => id)], makeSegment(documents).segment)
      for (const id of removed) expected.delete(id)
      for (const document of documents) expected.set(document.id, document)
    }
    for (let round = 0; round < 15; round += 1) put(batch(round * 50), [`entry:${round * 50 - 1}`])
    expect(shelf.isScattered).toBe(true)
    await shelf.replace(async olds => {
      const merged = mergeSegments(olds)
      put([build('entry:7', '改了的线路'), build('entry:9999', '新的线路')], ['entry:8'])
      return merged
    })
    expect(shelf.isScattered).toBe(false)
    const everything = search(shelf.segments, { text: '', limit: 5000, offset: 0 })
    expect(everything.hits.map(hit => hit.id).toSorted()).toEqual([...expected.keys()].toSorted())
    expect(shelf.size).toBe(expected.size)
    expect(search(shelf.segments, { text: '改了的', limit: 1, offset: 0 }).hits[0]?.id).toBe('entry:7')
  })
})
