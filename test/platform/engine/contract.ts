import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SearchEngine } from '#server/platform/engine/port.ts'
import { changesContract } from './contract-changes.ts'
import { LIBRARY, SETTINGS, build, find, type CreateEngine } from './library.ts'

/** The rules that every engine keeps. */
export function engineContract(name: string, create: CreateEngine): void {
  describe(`${name}: the engine contract`, () => {
    describe('finds', () => {
      let engine: SearchEngine
      beforeAll(async () => {
        engine = create(SETTINGS)
        await engine.rebuild(LIBRARY)
      })
      afterAll(() => engine.close())

      test.each([
        ['停电赔偿', 'entry:1', 'as written'],
        ['停電賠償', 'entry:1', 'in traditional characters'],
        ['停电补偿', 'entry:1', 'by a synonym'],
        ['停电赔尝', 'entry:1', 'misheard'],
        ['tdpc', 'entry:1', 'by initials'],
        ['tdbc', 'entry:1', 'by the initials of a synonym'],
        ['guohu', 'entry:2', 'by pinyin'],
        ['guo hu', 'entry:2', 'by pinyin in syllables'],
        ['guoh', 'entry:2', 'by pinyin not finished'],
        ['过护', 'entry:2', 'by a homophone'],
        ['低电鸭', 'entry:3', 'by a near homophone'],
        ['１０ＫＶ', 'entry:3', 'in wide letters'],
        ['gbt12325', 'entry:3', 'by a number written in one'],
        ['发展改革委令第14号', 'entry:4', 'by the number of a decree'],
        ['滞纳金', 'entry:4', 'by another word for it'],
        ['12389', 'entry:5', 'with digits swapped'],
        ['1239', 'entry:5', 'with a digit to come'],
        ['户', 'entry:2', 'by one character'],
        ['客户反映停电了要求赔偿', 'entry:1', 'in a long story'],
        ['过户 ziliao', 'entry:2', 'in characters and pinyin'],
      ])('%s → %s, %s', async (text, id) => {
        expect((await find(engine, text))[0]).toBe(id)
      })

      test.each([
        '。？！…—',
        '🔌🔌',
        '\ud800',
        '__proto__',
        'constructor',
        '" OR 1=1 --',
        '(.*)+$',
        'title:停电* NEAR("停" "电")',
        '停'.repeat(10_000),
        '客户反映停电要求赔偿'.repeat(1_000),
        '\0',
      ])('answers %j', async text => {
        const result = await engine.search({ text, limit: 10, offset: 0 })
        expect(result.total).toBeGreaterThanOrEqual(result.hits.length)
      })

      test('nothing for what nothing is about', async () => {
        expect(await find(engine, '。？！')).toEqual([])
        expect(await find(engine, '🔌')).toEqual([])
      })

      test('everything by prior when nothing is typed', async () => {
        await engine.apply({ put: [build('entry:9', '最常用', { prior: 1 })], remove: [] })
        const result = await engine.search({ text: ' ', limit: 3, offset: 0 })
        expect(result.hits[0]?.id).toBe('entry:9')
        expect(result.hits).toHaveLength(3)
        expect(result.total).toBe(7)
      })
    })

    describe('filters and counts', () => {
      let engine: SearchEngine
      beforeAll(async () => {
        engine = create(SETTINGS)
        await engine.rebuild(LIBRARY)
      })
      afterAll(() => engine.close())

      test('facets are combined by and, their values by or', async () => {
        expect(await find(engine, '停电', { facets: { kind: ['standard'] } })).toEqual(['entry:6'])
        expect(
          await find(engine, '停电', { facets: { kind: ['standard', 'answer'], category: ['供电可靠'] } }),
        ).toHaveLength(2)
        expect(await find(engine, '停电', { facets: { kind: ['notice'] } })).toEqual([])
        expect(await find(engine, '停电', { facets: { __proto__: ['x'], unknown: ['y'] } })).toEqual([])
      })

      test('a facet is counted without its own filter', async () => {
        const { facets, total } = await engine.search({
          text: '停电',
          facets: { kind: ['standard'] },
          limit: 1,
          offset: 0,
        })
        expect(total).toBe(1)
        expect(facets.kind).toEqual({ answer: 1, standard: 1 })
        expect(facets.category).toEqual({ 供电可靠: 1 })
      })

      test('all areas of a document must hold for the reader', async () => {
        expect(await find(engine, '停电', { areas: ['国网', '江苏', '南京'] })).toContain('entry:6')
        expect(await find(engine, '停电', { areas: ['国网'] })).toEqual(['entry:1'])
        expect(await find(engine, '12398', { areas: [] })).toEqual([])
      })

      test('pages follow each other without gaps', async () => {
        const all = await find(engine, '电')
        const pages = [
          await find(engine, '电', { limit: 2 }),
          await find(engine, '电', { limit: 2, offset: 2 }),
        ]
        expect(pages.flat()).toEqual(all.slice(0, 4))
      })

      test('of equals the one with the greater prior comes first', async () => {
        const put = [build('entry:7', '销户'), build('entry:8', '销户', { prior: 1 })]
        await engine.apply({ put, remove: [] })
        expect(await find(engine, '销户')).toEqual(['entry:8', 'entry:7'])
      })
    })

    changesContract(create)
  })
}
