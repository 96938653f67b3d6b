import { describe, expect, test, vi } from 'vitest'
import { createLexicon } from '#server/platform/text/lexicon.ts'
import { likeness, rememberTerms, termsOf, wordingOf } from '#server/platform/text/likeness.ts'

const lexicon = createLexicon({
  synonyms: [
    ['停电', '没电', '断电'],
    ['赔偿', '赔钱'],
  ],
  framing: ['请问', '客户', '怎么办', '吗', '的', '了'],
})
const alike = (one: string, other: string) => likeness(termsOf(one, lexicon), termsOf(other, lexicon))

describe('likeness', () => {
  test.each([
    ['停電賠償', '停电赔偿'],
    ['请问停电赔偿吗？', '停电赔偿'],
    ['家里没电能赔钱吗', '家里停电能赔偿吗'],
    ['１０ｋＶ 线路', '10kv线路'],
  ])('%j and %j are the same question', (one, other) => {
    expect(alike(one, other)).toBe(1)
  })

  test('of texts with nothing in common is 0, also of empty ones', () => {
    expect(alike('电价调整', '充电桩报装')).toBe(0)
    expect(alike('', '停电')).toBe(0)
    expect(alike('？！', '。')).toBe(0)
  })

  test('does not depend on the order, and lies between 0 and 1', () => {
    const [one, other] = ['光伏发电补贴什么时候到账', '光伏补贴没有到账']
    expect(alike(one, other)).toBe(alike(other, one))
    expect(alike(one, other)).toBeGreaterThan(0.4)
    expect(alike(one, other)).toBeLessThan(1)
  })

  test('a long telling of a question is near it; one common word is not enough', () => {
    const long = '客户说昨天下午开始小区全部停电，冰箱里的药坏了，问药坏了能不能赔偿'
    expect(alike(long, '停电药坏了能不能赔偿')).toBeGreaterThan(0.4)
    expect(alike(long, '停电')).toBeLessThan(0.4)
  })

  test('framing words count where there is nothing else', () => {
    expect(alike('怎么办', '怎么办')).toBe(1)
  })
})

test('a wording is the same whatever its width, characters, blanks and punctuation', () => {
  expect(wordingOf('　停電　賠償，１０ｋＶ？')).toBe('停电赔偿10kv')
  expect(wordingOf('？？ ！')).toBe('')
})

describe('remembered terms', () => {
  test('are those of the text, which is cut once', () => {
    const cut = vi.fn(lexicon.cut)
    const remembered = rememberTerms({ ...lexicon, cut })
    for (const text of ['家里没电能赔钱吗', '？！', '家里没电能赔钱吗', '？！'])
      expect(remembered(text)).toEqual(termsOf(text, lexicon))
    expect(cut).toHaveBeenCalledTimes(2)
  })

  test('are not kept of more texts than there is room for', () => {
    const cut = vi.fn((text: string) => [text])
    const remembered = rememberTerms({ ...lexicon, cut })
    for (let n = 0; n < 6000; n += 1) remembered(`${n}`)
    cut.mockClear()
    expect(remembered('0')).toEqual(new Set(['0']))
    expect(cut).toHaveBeenCalled()
  })
})
