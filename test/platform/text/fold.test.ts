import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold, originalRange } from '#server/platform/text/fold.ts'

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
    .map(units => String.fromCharCode(...units)),
)

describe('fold', () => {
  test.each([
    ['停電賠償', '停电赔偿'],
    ['過戶、裏面、衞生', '过户、里面、卫生'],
    ['１０ｋＶ', '10kv'],
    ['ＦＣＲ', 'fcr'],
    ['35㎡', '35m2'],
    ['guò hù', 'guo hu'],
    ['Ⅲ档', 'iii档'],
    ['客\u200b户', '客户'],
    ['停\ud800电', '停 电'],
    ['か\u3099', 'が'],
  ])('%j becomes %j', (typed, folded) => {
    expect(fold(typed).text).toBe(folded)
  })

  test('folding twice changes nothing more', () => {
    fc.assert(
      fc.property(anyText, text => {
        const once = fold(text).text
        expect(fold(once).text).toBe(once)
      }),
    )
  })

  test('offsets always lead back into the original', () => {
    fc.assert(
      fc.property(anyText, text => {
        const folded = fold(text)
        expect(folded.starts.length).toBe(folded.text.length + 1)
        expect(folded.starts.at(-1)).toBe(text.length)
        for (let at = 0; at < folded.text.length; at += 1) {
          const [start, end] = originalRange(folded, at, at + 1)
          expect(start).toBeLessThan(end)
          expect(end).toBeLessThanOrEqual(text.length)
          expect(folded.starts[at]).toBeLessThanOrEqual(folded.starts[at + 1] ?? 0)
        }
      }),
    )
  })

  test('a range leads to what was written, wide, expanded or composed', () => {
    const text = '面积㎡、電費'
    const folded = fold(text)
    const square = folded.text.indexOf('m2')
    const [start, end] = originalRange(folded, square, square + 1)
    expect(text.slice(start, end)).toBe('㎡')
    const bill = folded.text.indexOf('电费')
    expect(text.slice(...originalRange(folded, bill, bill + 2))).toBe('電費')
  })
})
