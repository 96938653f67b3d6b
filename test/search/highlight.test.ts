import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLexicon } from '#server/platform/text/lexicon.ts'
import { analyseQuery } from '#server/platform/text/query.ts'
import { createHighlighter } from '#server/search/highlight.ts'
import { pickSnippet } from '#server/search/snippet.ts'

const lexicon = createLexicon({
  synonyms: [
    ['滞纳金', '违约金'],
    ['停电', '没有电'],
  ],
  framing: ['客户', '怎么'],
})
const highlighter = (query: string) => createHighlighter(analyseQuery(query, lexicon))
const marked = (query: string, text: string) =>
  highlighter(query)
    .rangesIn(text)
    .map(([start, end]) => text.slice(start, end))

describe('createHighlighter', () => {
  test.each([
    ['停电赔偿', '因停电要求赔偿', ['停电', '赔偿']],
    ['停電', '计划停电通知', ['停电']],
    ['停电', '計劃停電通知', ['停電']],
    ['10kv', '１０ＫＶ线路', ['１０ＫＶ']],
    ['滞纳金', '电费违约金', ['违约金']],
    ['停电', '没有通知，没有电', ['没有电']],
    ['guohu', '怎么过户', ['过户']],
    ['gh', '怎么过户', ['过户']],
    ['过护', '怎么过户', ['过户']],
    ['停电赔偿', '几点坏的', []], // 坏 is read pēi in old books
    ['户', '过户与并户', ['户', '户']],
    ['123', '拨打12398热线', ['12398']],
    ['面积', '35㎡面积', ['面积']],
    ['🔌', '插座🔌', []],
    ['', '停电', []],
  ])('%j in %j marks %j', (query, text, expected) => {
    expect(marked(query, text)).toEqual(expected)
  })

  test('ranges stay within any text, in order, apart from each other', () => {
    const pieces = fc.constantFrom(
      '停电',
      '過戶',
      '滞',
      '纳金',
      '10kV',
      '㎡',
      'guo',
      ' ',
      '🔌',
      '\ud800',
      'e\u0301',
      'ﷺ',
    )
    const text = fc.array(pieces, { maxLength: 20 }).map(parts => parts.join(''))
    fc.assert(
      fc.property(text, text, (query, shown) => {
        let last = -1
        for (const [start, end] of highlighter(query).rangesIn(shown)) {
          expect(start).toBeGreaterThan(last)
          expect(end).toBeGreaterThan(start)
          last = end
        }
        expect(last).toBeLessThanOrEqual(shown.length)
      }),
    )
  })
})

describe('pickSnippet', () => {
  const long = `${'先说明一般规定。'.repeat(30)}停电赔偿按合同办理。${'再说别的。'.repeat(30)}`

  test('shows the first text that has what was asked', () => {
    const { text, highlights } = pickSnippet(['请您稍等', '停电的赔偿', '停电'], highlighter('停电'))
    expect(text).toBe('停电的赔偿')
    expect(highlights).toEqual([[0, 2]])
  })

  test('cuts a long text where most of it stands, at a sentence', () => {
    const { text, highlights } = pickSnippet([long], highlighter('停电赔偿'), 60)
    expect(text.startsWith('停电赔偿按合同办理。')).toBe(true)
    expect(text).toHaveLength(60)
    expect(highlights).toEqual([[0, 4]])
  })

  test('shows the beginning when nothing was found, and nothing of no text', () => {
    expect(pickSnippet([long], highlighter('过户'), 8)).toEqual({ text: '先说明一般规定。', highlights: [] })
    expect(pickSnippet([], highlighter('过户'))).toEqual({ text: '', highlights: [] })
  })

  test('never cuts a character in two, nor marks beyond the end', () => {
    const piece = fc.constantFrom('停电', '🔌', '𠮷', '。', '说明')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.integer({ min: 10, max: 40 }), (parts, longest) => {
        const { text, highlights } = pickSnippet([parts.join('')], highlighter('停电'), longest)
        expect(text.isWellFormed()).toBe(true)
        expect(text.length).toBeLessThanOrEqual(longest)
        for (const [start, end] of highlights) expect(text.slice(start, end)).toMatch(/^[停电]+$/u)
      }),
    )
  })
})
