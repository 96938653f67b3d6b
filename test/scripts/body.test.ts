import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ScriptText } from '#server/contract/script.ts'
import { classOfBody, readBody } from '#server/scripts/read-body.ts'
import { writeBody } from '#server/scripts/write-body.ts'
import { anyScript } from './any-script.ts'

const body = (steps: string) => `---\nclass: quality\n---\n\n${steps}`
const scriptOf = (markdown: string): ScriptText => {
  const read = readBody(markdown)
  if (Array.isArray(read)) throw new Error(JSON.stringify(read))
  return read
}

const OUTAGE = `---
class: quality
scenario: 整栋楼停电，家里有药
channel: 电话
profile:
  mood: 着急
reasons:
  - step: 1
    rule: question.missing
    reason: 客户自己先说清了
---

## 第 1 步

### 已知事实

- 全楼没电

### 情绪等级

> 着急
>
> 说话很快

### 诉求

| 原话 | 优先 |
| --- | --- |
| 药\\|针怎么办 | 1 |

### 话术

- 客户：药怎么办！
- 坐席：听得出您着急，[[entry:restore-when@1]]
- 坐席（可选）：通知编号{通知.编号}。

### 若客户说

- 那到底几点来电？ → 第 5 步
  - 坐席：{通知.下次更新}前给您消息。
- 算了，不用了 → 结束通话

→ 第 6 步
`

test('a script has its fields, lines, branches and where it goes on', () => {
  const [step] = scriptOf(OUTAGE).steps
  expect(step).toEqual({
    step: 1,
    fields: [
      { name: '已知事实', value: ['全楼没电'] },
      { name: '情绪等级', value: '着急\n\n说话很快' },
      { name: '诉求', value: [{ 原话: '药|针怎么办', 优先: '1' }] },
    ],
    lines: [
      { speaker: 'customer', text: '药怎么办！' },
      { speaker: 'agent', text: '听得出您着急，[[entry:restore-when@1]]' },
      { speaker: 'agent', text: '通知编号{通知.编号}。', optional: true },
    ],
    branches: [
      {
        ifSays: '那到底几点来电？',
        lines: [{ speaker: 'agent', text: '{通知.下次更新}前给您消息。' }],
        to: 5,
      },
      { ifSays: '算了，不用了', lines: [], to: 'end' },
    ],
    next: 6,
  })
})

test('what was read is written the same, byte for byte', () => {
  expect(writeBody(scriptOf(OUTAGE))).toBe(OUTAGE)
})

test.each([
  ['a file of another editor', `\uFEFF${OUTAGE.replaceAll('\n', '\r\n')}`],
  ['blanks at the ends of lines', OUTAGE.replaceAll('全楼没电\n', '全楼没电  \n')],
  ['steps and targets written tightly', OUTAGE.replaceAll('第 1 步', '第1步').replaceAll('第 5 步', '第5步')],
  ['the name of a step beside its number', OUTAGE.replace('## 第 1 步', '## 第 1 步 模糊式分析')],
])('%s is read as it is meant', (_, markdown) => {
  expect(scriptOf(markdown)).toEqual(scriptOf(OUTAGE))
})

test('whatever an author writes is read back the same', () => {
  fc.assert(
    fc.property(anyScript, script => {
      const written = writeBody(script)
      expect(readBody(written)).toEqual(script)
      expect(writeBody(scriptOf(written))).toBe(written)
    }),
    { numRuns: 500 },
  )
})

test('a column called __proto__ is a column', () => {
  const markdown = body('## 第 1 步\n\n### 甲\n\n| __proto__ | 乙 |\n| --- | --- |\n| 一 | 二 |\n')
  expect(writeBody(scriptOf(markdown))).toBe(markdown)
})

test('the class is told without reading the steps, for every script as it is written', () => {
  fc.assert(fc.property(anyScript, script => classOfBody(writeBody(script)) === script.class))
})

test.each([
  ['without front matter', 'class: quality'],
  ['of no class there is', '---\nclass: other\n---\n'],
  ['that stands in the words of a step', '---\nscenario: 停电\n---\n\nclass: quality\n'],
  ['whose front matter has no end', '---\nclass: quality\n'],
])('a body %s tells no class', (_name, markdown) => {
  expect(classOfBody(markdown)).toBeUndefined()
})
