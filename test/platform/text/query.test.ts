import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gramKey, gramKeys, initialsKey, secondOf } from '#server/platform/text/grams.ts'
import { createLexicon } from '#server/platform/text/lexicon.ts'
import { analyseQuery, LONGEST_QUERY } from '#server/platform/text/query.ts'
import { findRuns, splitMixed } from '#server/platform/text/runs.ts'
import { createSynonyms } from '#server/platform/text/synonyms.ts'

const lexicon = createLexicon({
  synonyms: [
    ['电表', '电能表', '表计'],
    ['首次解决率', 'FCR'],
  ],
  framing: ['客户', '反映'],
})
const key = (pair: string) => gramKey(pair.charCodeAt(0), pair.length > 1 ? pair.charCodeAt(1) : 0)

const runs = (text: string) => findRuns(text).map(run => text.slice(run.start, run.end))

describe('findRuns', () => {
  test.each([
    ['停电,10kv线路', ['停电', '10kv', '线路']],
    ['0.4kv 3.', ['0.4kv', '3']],
    ['gb/t 12325-2008', ['gb', 't', '12325', '2008']],
    ['第14号令', ['第', '14', '号令']],
    ['🔌停电🔌', ['停电']],
    ['𠮷野家', ['𠮷野家']],
    ['?！……', []],
  ])('%j has the runs %j', (text, expected) => {
    expect(runs(text)).toEqual(expected)
  })

  test('mixed runs have pieces', () => {
    expect(splitMixed('10kv')).toEqual(['10', 'kv'])
    expect(splitMixed('ktv')).toEqual(['ktv'])
  })
})

describe('grams', () => {
  test('every character begins one gram, the last of a run with nothing after it', () => {
    expect(gramKeys('停电了', 0, 3)).toEqual([key('停电'), key('电了'), key('了')])
    expect(secondOf(key('了'))).toBe(0)
  })

  test('different initials have different keys', () => {
    const letters = fc.array(fc.integer({ min: 1, max: 26 }), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(letters, letters, (one, other) => {
        const same = initialsKey(one, 0, one.length) === initialsKey(other, 0, other.length)
        expect(same).toBe(one.join() === other.join())
      }),
    )
  })
})

describe('createSynonyms', () => {
  test('finds the longest phrase and the others of its group', () => {
    const { findIn } = createSynonyms([
      ['欠费', '欠电费'],
      ['欠费停电', '欠费断电'],
    ])
    expect(findIn('欠费停电流程')).toEqual([{ start: 0, end: 4, others: ['欠费断电'] }])
  })

  test('a phrase in letters is not found inside a longer word', () => {
    const { findIn } = createSynonyms([['FCR', '首次解决率']])
    expect(findIn('fcr是多少')).toHaveLength(1)
    expect(findIn('fcrx')).toEqual([])
  })
})

describe('analyseQuery', () => {
  test('words count fully, what lies between them less, framing little', () => {
    const { grams } = analyseQuery('客户反映停电', lexicon)
    expect(grams.get(key('停电'))).toBe(1)
    expect(grams.get(key('客户'))).toBeLessThan(0.5)
    expect(grams.get(key('映停'))).toBeLessThan(1)
  })

  test('traditional and wide writing is the same query', () => {
    expect(analyseQuery('電壓１０ｋＶ', lexicon)).toEqual(analyseQuery('电压10kv', lexicon))
  })

  test('a synonym is found however it is written or spelled', () => {
    for (const typed of ['電表', 'dianbiao', 'dian biao']) {
      const others = analyseQuery(typed, lexicon).phrases.flatMap(phrase => phrase.others)
      expect(others.some(other => other.grams.includes(key('能表')))).toBe(true)
    }
    const [phrase] = analyseQuery('fcr', lexicon).phrases
    expect(phrase?.words).toEqual(['fcr'])
  })

  test('one character, and only one, is looked for by itself', () => {
    expect(analyseQuery('停', lexicon).characters).toEqual(['停'.charCodeAt(0)])
    expect(analyseQuery('停电', lexicon).characters).toEqual([])
  })

  test('looks at a bounded part of any text and never throws', () => {
    expect(analyseQuery('停电'.repeat(5000), lexicon).text.length).toBe(LONGEST_QUERY)
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
        for (const weight of analyseQuery(text, lexicon).grams.values()) {
          expect(weight).toBeGreaterThan(0)
          expect(weight).toBeLessThanOrEqual(1)
        }
      }),
    )
  })
})
