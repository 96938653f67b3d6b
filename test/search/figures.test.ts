import { assert, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { figuresIn } from '#server/search/figures.ts'

const figures = (text: string) =>
  [...figuresIn(text)].map(([unit, values]) => `${[...values].join('、')} ${unit}`)

describe('figures of a text', () => {
  test.each([
    ['七天内答复', ['7 天']],
    ['7日内答复', ['7 天']],
    ['7个工作日，或七工作日', ['7 工作日']],
    ['两个工作日', ['2 工作日']],
    ['二十四小时', ['24 小时']],
    ['一百零五天', ['105 天']],
    ['一千五百元', ['1500 元']],
    ['三万元', ['30000 元']],
    ['1,500 元与１５００元', ['1500 元']],
    ['五千瓦', ['5 千瓦']],
    ['220伏，偏差7%', ['220 伏', '7 %']],
    ['45分钟、90分钟', ['45、90 分钟']],
    ['2.5倍', ['2.5 倍']],
  ])('%s', (text, expected) => expect(figures(text)).toEqual(expected.map(one => one)))

  test.each(['2024年6月1日起', '二〇二四年', '六月一日', '第1.2.3天', '…元', '停电'])(
    'a date or no number is none: %s',
    text => {
      expect(figures(text)).toEqual([])
    },
  )

  test('each is a number, whatever the text', () => {
    assert(
      property(string({ unit: 'binary' }), string({ unit: 'grapheme' }), (one, two) => {
        for (const values of figuresIn(`${one}十${two}千元百日${one}`).values())
          for (const value of values) expect(value).toMatch(/^\d+(\.\d+)?$/u)
      }),
    )
  })
})
