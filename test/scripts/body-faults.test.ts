import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readBody } from '#server/scripts/read-body.ts'
import { writeBody } from '#server/scripts/write-body.ts'

const body = (steps: string) => `---\nclass: quality\n---\n\n${steps}`
const faultsOf = (markdown: string): string[] => {
  const read = readBody(markdown)
  return Array.isArray(read) ? read.map(({ line, reason }) => `${line}: ${reason}`) : []
}

test.each([
  ['no front matter', '## 第 1 步\n', '1: no front matter between two lines of ---'],
  [
    'an unknown class',
    '---\nclass: weather\n---\n',
    '2: class must be equal to one of the allowed values: quality, tariff, service, business',
  ],
  [
    'an unknown key',
    '---\nclass: quality\nowner: 甲\n---\n',
    '3: the file must NOT have additional properties (owner)',
  ],
  ['a word before the first step', body('随便一句\n'), '5: stands before the first step'],
  ['a tenth step', body('## 第 10 步\n'), '5: there is no step 10: a script has the steps 1 to 9'],
  ['a step twice', body('## 第 2 步\n\n## 第 2 步\n'), '7: step 2 stands in line 5 already'],
  ['steps in another order', body('## 第 3 步\n\n## 第 2 步\n'), '7: step 2 is out of order'],
  ['a word under no heading', body('## 第 1 步\n\n坐席：您好\n'), '7: stands under no heading (### …)'],
  [
    'a line of nobody',
    body('## 第 1 步\n\n### 话术\n\n- 师傅：到了\n'),
    '9: is no line: write “- 坐席：…” or “- 客户：…”',
  ],
  [
    'a branch without target',
    body('## 第 1 步\n\n### 若客户说\n\n- 几点来电\n'),
    '9: is no branch: write “- 客户的话 → 第 5 步” or “→ 结束通话”',
  ],
  [
    'a branch to a word',
    body('## 第 1 步\n\n### 若客户说\n\n- 几点 → 那边\n'),
    '9: is no branch: write “- 客户的话 → 第 5 步” or “→ 结束通话”',
  ],
  [
    'a field of no kind',
    body('## 第 1 步\n\n### 已知事实\n\n全楼没电\n'),
    '9: a field is a text (>), a list (-) or a table (|)',
  ],
  [
    'a field of two kinds',
    body('## 第 1 步\n\n### 已知事实\n\n- 全楼没电\n> 真的\n'),
    '10: a field is a text (>), a list (-) or a table (|)',
  ],
  [
    'a field twice',
    body('## 第 1 步\n\n### 甲\n\n- 一\n\n### 甲\n\n- 二\n'),
    '13: the field 甲 stands twice',
  ],
  [
    'a table without its second line',
    body('## 第 1 步\n\n### 甲\n\n| 原话 |\n| 药 |\n'),
    '9: the second line of a table is | --- |',
  ],
  [
    'a row with a cell too many',
    body('## 第 1 步\n\n### 甲\n\n| 原话 |\n| --- |\n| 药 | 1 |\n'),
    '11: has 2 cells, the table has 1 columns',
  ],
  [
    'a line too long',
    body(`## 第 1 步\n\n### 话术\n\n- 坐席：${'药'.repeat(301)}\n`),
    '5: steps.0.lines.0.text must NOT have more than 300 characters',
  ],
  [
    '500 lines in a step',
    body(`## 第 1 步\n\n### 话术\n\n${'- 坐席：您好\n'.repeat(500)}`),
    '5: steps.0.lines must NOT have more than 100 items',
  ],
])('%s is a fault with its line', (_, markdown, fault) => {
  expect(faultsOf(markdown)).toContain(fault)
})

test('every fault of a script is told at once', () => {
  const markdown = body('## 第 1 步\n\n### 话术\n\n- 师傅：到了\n\n### 若客户说\n\n- 几点来电\n')
  expect(faultsOf(markdown).map(fault => fault.split(':')[0])).toEqual(['9', '13'])
})

const FRAGMENTS = [
  '## 第 1 步',
  '## 第 2 步',
  '### 话术',
  '### 若客户说',
  '### 甲',
  '### 话术 ',
  '→ 第 3 步',
  '→ 第 99 步',
  '',
  '- 坐席：您好',
  '- 客户（可选）：急',
  '- 说 → 第 9 步',
  '- → 第 1 步',
  '  - 坐席：嗯',
  '  - 说 → 结束通话',
  '    - 坐席：深',
  '- ',
  '-',
  '> 一',
  '>',
  '>二',
  '| 甲 | 乙 |',
  '| 甲 | 甲 |',
  '| --- | --- |',
  '| :-: | - |',
  '| 一 | 二 |',
  '| \\',
  '|',
  '||',
  '<script>alert(1)</script>',
  '[药](javascript:alert(1))',
  '```',
  '---',
  '\u2028',
  '\u0000',
  '__proto__',
  '\r',
]

test('no text makes it throw, and what can be read is written in a form that stays', () => {
  let read = 0
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 14 }), pieces => {
      const first = readBody(body(`## 第 1 步\n${pieces.join('\n')}`))
      if (Array.isArray(first)) return
      read++
      const written = writeBody(first)
      const again = readBody(written)
      expect(Array.isArray(again) ? again : writeBody(again)).toBe(written)
    }),
    { numRuns: 3000 },
  )
  expect(read).toBeGreaterThan(20)
})
