import * as fc from 'fast-check'
import type { ScriptStep, ScriptText, StepField } from '#server/contract/script.ts'

/** What Markdown, YAML and the marks of a script are made of, beside what people write. */
const PIECES = [
  ...'|\\>#-*`_[]{}()<>&!:\'"%@~$?,.→：、。（）\t ',
  '停电',
  '抢修',
  '冰箱',
  '\u3000',
  '\u00a0',
  '\u200b',
  '\u202e',
  '😀',
  '𠮷',
  'é',
  '0x1f',
  'null',
  '## 第 2 步',
  '### 话术',
  '- 坐席：',
  '- 客户（可选）：',
  ' → 第 3 步',
  '→ 结束通话',
  '---',
  '| --- |',
  '{通知.线路}',
  '[[entry:restore-when@1]]',
  '[[notice:active]]',
  '<script>',
  '&amp;',
  '&a ',
  '*a',
]

/** A text as an author's is kept: on one line, without blanks around it. */
export const anyLine = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 9 })
  .map(pieces => pieces.join('').replace(/\s+/gu, ' ').trim())

const filled = anyLine.filter(text => text !== '')
const target = fc.oneof(fc.integer({ min: 0, max: 99 }), fc.constant('end' as const))
const line = fc.record(
  {
    speaker: fc.constantFrom('agent' as const, 'customer' as const),
    text: anyLine,
    optional: fc.constant(true),
  },
  { requiredKeys: ['speaker', 'text'] },
)
const branch = fc.record({ ifSays: anyLine, lines: fc.array(line, { maxLength: 3 }), to: target })

const fieldName = filled.filter(name => name.length <= 40 && name !== '话术' && name !== '若客户说')
const rows = fc
  .tuple(
    fc.uniqueArray(
      filled.filter(name => name.length <= 40),
      { minLength: 1, maxLength: 4 },
    ),
    fc.integer({ min: 1, max: 3 }),
  )
  .chain(([columns, count]) => {
    const row = fc.tuple(...columns.map(() => anyLine))
    const rowsOf = (cells: string[][]) =>
      cells.map(one => Object.fromEntries(columns.map((column, index) => [column, one[index] ?? ''])))
    return fc.array(row, { minLength: count, maxLength: count }).map(rowsOf)
  })
const text = fc
  .array(anyLine, { minLength: 1, maxLength: 3 })
  .map(lines => lines.join('\n'))
  .filter(value => value !== '')
const value: fc.Arbitrary<StepField['value']> = fc.oneof(
  text,
  fc.array(anyLine, { minLength: 1, maxLength: 3 }),
  rows,
)
const fields = fc.uniqueArray(fc.record({ name: fieldName, value }), {
  maxLength: 3,
  selector: one => one.name,
})

const steps: fc.Arbitrary<ScriptStep[]> = fc
  .uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 4 })
  .chain(numbers =>
    fc.tuple(
      ...numbers
        .toSorted((a, b) => a - b)
        .map(step =>
          fc.record(
            {
              step: fc.constant(step),
              fields,
              lines: fc.array(line, { maxLength: 3 }),
              branches: fc.array(branch, { maxLength: 3 }),
              next: target,
            },
            { requiredKeys: ['step', 'fields', 'lines', 'branches'] },
          ),
        ),
    ),
  )

const upTo = (length: number) => anyLine.map(words => words.slice(0, length).trim())

/** A script with whatever an author may write in it; `scenario` and `channel` may be empty, as in a draft. */
export const anyScript: fc.Arbitrary<ScriptText> = fc.record({
  class: fc.constantFrom('quality' as const, 'tariff' as const, 'service' as const, 'business' as const),
  scenario: upTo(200),
  channel: upTo(20),
  profile: fc.record(
    Object.fromEntries(
      ['personality', 'motive', 'mood'].map(part => [part, upTo(20).filter(words => words !== '')]),
    ),
    { requiredKeys: [] },
  ),
  reasons: fc.array(
    fc.record({
      step: fc.integer({ min: 1, max: 9 }),
      rule: fc.constantFrom('question.missing', 'empathy.missing'),
      reason: upTo(200),
    }),
    { maxLength: 2 },
  ),
  steps,
})
