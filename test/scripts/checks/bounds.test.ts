import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_LINE, MAX_LINES } from '#server/contract/script.ts'
import { checkScript, type CheckedScript } from '#server/scripts/index.ts'
import { createMatcher } from '#server/scripts/matcher.ts'
import { patternsOf, type Pattern } from '#server/scripts/term.ts'
import { check, contextWith } from './context.ts'

const PIECES = [
  '保证',
  '一定',
  '不能',
  '“',
  '”',
  '您说',
  '[[entry:',
  ']]',
  '{',
  '}',
  '八点',
  '来电',
  '<',
  '。',
  '，',
  '\u200b',
  '𠀀',
  '\ud800',
  '١',
  '元',
]
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 20 }).map(parts => parts.join('')),
)
const line = fc.record({
  speaker: fc.constantFrom('agent' as const, 'customer' as const),
  text,
  optional: fc.boolean(),
})
const target = fc.oneof(fc.nat(99), fc.constant('end' as const))
const value = fc.oneof(
  text,
  fc.array(text, { maxLength: 3 }),
  fc.array(fc.dictionary(text, text, { maxKeys: 3 }), { maxLength: 3 }),
)
const step: fc.Arbitrary<CheckedScript['steps'][number]> = fc.record(
  {
    step: fc.integer({ min: 1, max: 9 }),
    lines: fc.array(line, { maxLength: 4 }),
    branches: fc.array(fc.record({ ifSays: text, lines: fc.array(line, { maxLength: 2 }), to: target }), {
      maxLength: 2,
    }),
    fields: fc.array(fc.record({ name: fc.constantFrom('诉求', '选项', '已知事实', '审批号'), value }), {
      maxLength: 3,
    }),
    next: target,
  },
  { requiredKeys: ['step'] },
)

/** Checks a script and asks of each finding that its quote stands in a line of its step. */
const run = (steps: CheckedScript['steps'], whole: boolean) => {
  for (const one of checkScript({ steps, scenario: '冒烟' }, contextWith({ whole }))) {
    const given = steps.filter(each => each.step === one.step)
    if (one.line === undefined || one.quote === undefined) continue
    const lines = given.flatMap(
      each => (one.branch === undefined ? each.lines : each.branches?.[one.branch]?.lines) ?? [],
    )
    expect(lines.some(each => each.text.includes(one.quote!))).toBe(true)
  }
}

it('no text makes the checks throw, and what they quote stands in what was written', () => {
  fc.assert(fc.property(fc.array(step, { maxLength: 4 }), fc.boolean(), run), { numRuns: 300 })
})

/** A pattern that counts how often a text is compared with it. */
const counted = (): { patterns: Pattern[]; count: () => number } => {
  let looked = 0
  const patterns = ['啊啊', '啊{间隔}啊吧', '啊{数字}啊'].flatMap(term => {
    const found = patternsOf(term)
    return typeof found === 'string' ? [] : found
  })
  const watched = patterns.map(({ first, rest }) => ({
    first,
    get rest() {
      looked++
      return rest
    },
  }))
  return { patterns: watched, count: () => looked }
}

const looks = (length: number) => {
  const { patterns, count } = counted()
  createMatcher(patterns)('啊'.repeat(length))
  return count()
}

describe('hostile text', () => {
  it('is looked at in proportion to its length', () => {
    const [short, long] = [looks(1000), looks(10_000)]
    expect(short).toBeGreaterThan(1000)
    expect(long / short).toBeLessThan(11)
  })

  it.each(['啊', '保证', '不能', '“您说', '[[', '{', '八点', '十', '1', '您', '，', '别'])(
    'of the longest lines of %s is checked whole',
    piece => {
      const full = piece.repeat(MAX_LINE).slice(0, MAX_LINE)
      const lines = Array.from({ length: MAX_LINES }, () => ({ speaker: 'agent' as const, text: full }))
      const found = check([{ step: 2, lines }])
      for (const one of found) expect(one.step).toBe(2)
      expect(found.filter(one => one.line === MAX_LINES - 1).map(one => one.rule)).toEqual(
        found.filter(one => one.line === 0).map(one => one.rule),
      )
    },
  )
})
