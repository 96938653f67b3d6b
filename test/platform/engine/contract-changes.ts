import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { EngineDocument, SearchEngine } from '#server/platform/engine/port.ts'
import { LIBRARY, SETTINGS, build, find, type CreateEngine } from './library.ts'

/** What holds for changes and rebuilds of every engine. */
export function changesContract(create: CreateEngine): void {
  describe('changes', () => {
    let engine: SearchEngine
    beforeEach(() => {
      engine = create(SETTINGS)
    })
    afterEach(() => engine.close())

    test('are seen by the very next search', async () => {
      await engine.apply({ put: [build('entry:1', '并户')], remove: [] })
      expect(await find(engine, '并户')).toEqual(['entry:1'])
      await engine.apply({ put: [build('entry:1', '分户')], remove: [] })
      expect(await find(engine, '并户')).not.toContain('entry:1')
      expect(await find(engine, '分户')).toEqual(['entry:1'])
      await engine.apply({ put: [], remove: ['entry:1', 'entry:404'] })
      expect(await find(engine, '分户')).toEqual([])
      expect(engine.size).toBe(0)
    })

    test('take effect in order, put winning over remove', async () => {
      const first = engine.apply({ put: [build('entry:1', '减容')], remove: ['entry:1'] })
      const second = engine.apply({ put: [build('entry:1', '增容')], remove: [] })
      await Promise.all([first, second])
      expect(await find(engine, '增容')).toEqual(['entry:1'])
      expect(engine.size).toBe(1)
    })

    test('many at once come in whole', async () => {
      const put = Array.from({ length: 300 }, (_, at) => build(`entry:${at}`, `第${at}号线路迁改`))
      await engine.apply({ put, remove: [] })
      expect(engine.size).toBe(300)
      expect((await find(engine, '299'))[0]).toBe('entry:299')
    })

    test('made during a rebuild are seen at once and stay', async () => {
      await engine.apply({
        put: [build('entry:1', '旧的并户'), build('entry:2', '不再有的销户')],
        remove: [],
      })
      const rebuilt = engine.rebuild([build('entry:1', '重建的并户'), build('entry:3', '重建的过户')])
      await engine.apply({
        put: [build('entry:1', '新的分户'), build('entry:4', '新的更名')],
        remove: ['entry:3'],
      })
      expect(await find(engine, '分户')).toContain('entry:1')
      expect(await find(engine, '更名')).toContain('entry:4')
      expect(await find(engine, '销户')).toContain('entry:2')
      await rebuilt
      expect((await find(engine, '分户'))[0]).toBe('entry:1')
      expect(await find(engine, '更名')).toContain('entry:4')
      expect(await find(engine, '过户')).not.toContain('entry:3')
      expect(await find(engine, '销户')).not.toContain('entry:2')
      expect(engine.size).toBe(2)
    })

    test('any order of changes and rebuilds leaves what was put last', async () => {
      const words = ['停电', '过户', '销户', '更名', '阶梯电价', '增容']
      const id = fc.integer({ min: 0, max: 5 }).map(at => `entry:${at}`)
      const document = fc.tuple(id, fc.constantFrom(...words)).map(([one, word]) => build(one, word))
      const step = fc.oneof(
        {
          weight: 6,
          arbitrary: fc.record({
            put: fc.array(document, { maxLength: 3 }),
            remove: fc.array(id, { maxLength: 2 }),
          }),
        },
        { weight: 1, arbitrary: fc.constant('rebuild' as const) },
      )
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 10 }), async steps => {
          const one = create(SETTINGS)
          const expected = new Map<string, EngineDocument>()
          const running: Promise<void>[] = []
          for (const change of steps) {
            if (change === 'rebuild') running.push(one.rebuild([...expected.values()]))
            else {
              running.push(one.apply(change))
              for (const gone of change.remove) expected.delete(gone)
              for (const put of change.put) expected.set(put.id, put)
            }
          }
          await Promise.all(running)
          const present = await one.search({ text: '', limit: 100, offset: 0 })
          expect(present.hits.map(hit => hit.id).toSorted()).toEqual([...expected.keys()].toSorted())
          for (const word of words) {
            const { hits } = await one.search({ text: word, limit: 100, offset: 0 })
            const right = [...expected.values()]
              .filter(put => put.fields.title?.[0] === word)
              .map(put => put.id)
            expect(hits.map(hit => hit.id)).toEqual(expect.arrayContaining(right))
          }
          await one.close()
        }),
        { numRuns: 8 },
      )
    })

    test('a closed engine rejects further work', async () => {
      const rebuilt = engine.rebuild(LIBRARY)
      const failed = expect(rebuilt).rejects.toThrow(/closed/u)
      await engine.close()
      await failed
      await expect(engine.rebuild(LIBRARY)).rejects.toThrow(/closed/u)
    })
  })
}
