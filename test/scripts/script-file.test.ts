import { readFileSync, readdirSync } from 'node:fs'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readScriptFile, writeScriptFile, type ScriptFile } from '#server/scripts/script-file.ts'
import { anyLine, anyScript } from './any-script.ts'

const STARTERS = new URL('../../scripts/starters/', import.meta.url)
const starter = (name: string) => readFileSync(new URL(name, STARTERS), 'utf8')
const names = readdirSync(STARTERS).filter(name => name.endsWith('.md'))

const fileOf = (markdown: string): ScriptFile => {
  const read = readScriptFile(markdown)
  if (Array.isArray(read)) throw new Error(read.map(({ line, reason }) => `${line}: ${reason}`).join('\n'))
  const { hash: _hash, lineOf: _lineOf, ...file } = read
  return file
}
const faultsOf = (markdown: string): string[] => {
  const read = readScriptFile(markdown)
  return Array.isArray(read) ? read.map(({ line, reason }) => `${line}: ${reason}`) : []
}

test('there are at least three starter scripts for each class', () => {
  const classes = Map.groupBy(names, name => fileOf(starter(name)).script.class)
  expect([...classes.keys()].toSorted()).toEqual(['business', 'quality', 'service', 'tariff'])
  expect([...classes.values()].every(files => files.length >= 3)).toBe(true)
})

test.each(names)('%s is written as it was read, byte for byte', name => {
  expect(writeScriptFile(fileOf(starter(name)))).toBe(starter(name))
})

test.each(names)('%s has nine steps, each with lines of both, and branches in most', name => {
  const { steps } = fileOf(starter(name)).script
  expect(steps.map(one => one.step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  for (const { lines } of steps) expect(new Set(lines.map(line => line.speaker)).size).toBe(2)
  expect(steps.flatMap(one => one.branches).length).toBeGreaterThan(12)
})

test.each(names)('%s quotes entries of the starter content by their keys', name => {
  const keys = [...starter(name).matchAll(/\[\[entry:([^@\]]+)@1\]\]/gu)].map(([, key]) => key!)
  const known = new Set(
    readdirSync(new URL('../../content/entries/', import.meta.url), { recursive: true }).map(path =>
      String(path).replace(/^.*[\\/]|\.md$/gu, ''),
    ),
  )
  expect(new Set(keys).size).toBeGreaterThanOrEqual(3)
  expect(keys.filter(key => !known.has(key))).toEqual([])
})

const GOOD = `---
title: 没电
category: 供电可靠
topic: 故障停电
ownerDepartment: service
similarQuestions:
  - 一
  - 二
  - 三
  - 四
  - 五
  - 六
class: quality
scenario: 停电
channel: 电话
---

## 第 1 步

### 话术

- 坐席：您好
`

test('a good file gives its fields, its script and where they stand', () => {
  const read = readScriptFile(GOOD)
  expect(read).toMatchObject({
    title: '没电',
    topic: '故障停电',
    script: { class: 'quality', scenario: '停电', profile: {}, reasons: [], steps: [{ step: 1 }] },
  })
  if (!Array.isArray(read)) expect([read.lineOf('title'), read.lineOf('similarQuestions/1')]).toEqual([2, 8])
})

test('another text has another hash', () => {
  const [one, other] = [GOOD, GOOD.replace('您好', '您早')].map(readScriptFile)
  if (!one || !other || Array.isArray(one) || Array.isArray(other))
    throw new Error('a good file has no faults')
  expect(one.hash).toMatch(/^[0-9a-f]{64}$/u)
  expect(other.hash).not.toBe(one.hash)
})

test.each([
  ['no title', GOOD.replace('title: 没电\n', ''), "2: the file must have required property 'title'"],
  ['a blank title', GOOD.replace('title: 没电', 'title: " "'), '2: title is empty'],
  ['no scenario', GOOD.replace('scenario: 停电\n', ''), "2: the file must have required property 'scenario'"],
  ['too few wordings', GOOD.replace('  - 六\n', ''), '7: similarQuestions must NOT have fewer than 6 items'],
  ['a wording twice', GOOD.replace('  - 六', '  - 一'), '7: similarQuestions must NOT have duplicate items'],
  [
    'an unknown category',
    GOOD.replace('供电可靠', '天气'),
    '3: category must be equal to one of the allowed values',
  ],
  [
    'a field nobody reads',
    GOOD.replace('class:', 'colour: 红\nclass:'),
    '13: the file must NOT have additional properties (colour)',
  ],
  [
    'a say of its own',
    GOOD.replace('class:', 'say: 您好\nclass:'),
    '13: the file must NOT have additional properties (say)',
  ],
  [
    'an end before the beginning',
    GOOD.replace('class:', 'validFrom: 2026-02-01\nvalidUntil: 2026-01-01\nclass:'),
    '14: validUntil is before validFrom',
  ],
  ['an alias', GOOD.replace('title: 没电', 'title: *a'), '2: an alias (*name) is not taken: write it out'],
  [
    'a fault of a step',
    GOOD.replace('- 坐席：您好', '- 坐席 您好'),
    '22: is no line: write “- 坐席：…” or “- 客户：…”',
  ],
  [
    'a line too long',
    GOOD.replace('您好', '您'.repeat(301)),
    '18: steps.0.lines.0.text must NOT have more than 300 characters',
  ],
])('%s is a fault with its line', (_, markdown, fault) => {
  expect(faultsOf(markdown).map(one => one.slice(0, fault.length))).toContain(fault)
})

const words = (length: number) =>
  anyLine.map(text => text.slice(0, length).trim()).filter(text => text !== '')
const anyFile: fc.Arbitrary<ScriptFile> = fc.record(
  {
    title: words(120),
    category: fc.constantFrom('供电可靠' as const, '供电服务' as const, '其它' as const),
    topic: words(40),
    ownerDepartment: fc.constantFrom('service', 'market'),
    similarQuestions: fc.uniqueArray(words(120), { minLength: 6, maxLength: 8 }),
    tags: fc.uniqueArray(words(20), { minLength: 1, maxLength: 3 }),
    scope: fc.record({ province: words(20), city: words(20) }),
    basis: fc.array(fc.record({ source: words(60), clause: words(120) }, { requiredKeys: ['source'] }), {
      minLength: 1,
      maxLength: 2,
    }),
    validUntil: fc.constantFrom('2026-12-31', '2030-01-01'),
    script: anyScript.map(script => ({
      ...script,
      scenario: script.scenario || '停电',
      channel: script.channel || '电话',
    })),
  },
  { requiredKeys: ['title', 'category', 'topic', 'ownerDepartment', 'similarQuestions', 'script'] },
)

test('whatever a file holds is read back the same', () => {
  fc.assert(
    fc.property(anyFile, file => {
      const written = writeScriptFile(file)
      expect(fileOf(written)).toEqual(file)
      expect(writeScriptFile(fileOf(written))).toBe(written)
    }),
    { numRuns: 200 },
  )
})
