import { expect, test } from 'vitest'
import * as fc from 'fast-check'
import { Type } from 'typebox'
import { parseYaml } from '#server/platform/yaml/parse.ts'

const Card = Type.Object(
  {
    title: Type.String(),
    questions: Type.Array(Type.String({ maxLength: 4 })),
    day: Type.Optional(Type.String({ format: 'date' })),
  },
  { additionalProperties: false },
)
const faultsOf = (text: string, firstLine?: number) => {
  const parsed = parseYaml(text, Card, firstLine)
  return 'faults' in parsed ? parsed.faults.map(({ line, reason }) => `${line}: ${reason}`) : []
}

test('a good text gives its value and the line of each field', () => {
  const parsed = parseYaml('title: 停电\nquestions:\n  - 没电\n  - 断电\n', Card, 2)
  expect(parsed).toMatchObject({ value: { title: '停电', questions: ['没电', '断电'] } })
  if ('faults' in parsed) return
  expect(['title', 'questions/1', 'questions/9', 'nothing'].map(parsed.lineOf)).toEqual([2, 5, 4, 2])
})

test('a day stays the text it is', () => {
  expect(parseYaml('title: 甲\nquestions: []\nday: 2026-11-22', Card)).toMatchObject({
    value: { day: '2026-11-22' },
  })
})

test.each([
  ['title: 甲\nquestions: [停电赔偿吗]', '2: questions.0 must NOT have more than 4 characters'],
  ['title: 甲\nquestions:\n - 一\n - 12', '4: questions.1 must be string'],
  ['title: 甲\nquestions: []\nday: 2026-02-30', '3: day must match format "date"'],
  ['title: 甲\nquestions: []\nother: 1', '3: the file must NOT have additional properties (other)'],
  [
    'title: 甲\nquestions: []\n__proto__: { a: 1 }',
    '3: the file must NOT have additional properties (__proto__)',
  ],
  ['title: 甲', "1: the file must have required property 'questions'"],
  ['title: 甲\ntitle: 乙\nquestions: []', '2: Map keys must be unique'],
  ['- 1', '1: the file must be object'],
  ['', '1: the file must be object'],
  ['title: 甲\nquestions: [*b]', '2: an alias (*name) is not taken: write it out'],
  ['title: &a [*a]\nquestions: []', '1: an alias (*name) is not taken: write it out'],
])('%j', (text, fault) => expect(faultsOf(text)).toContain(fault))

test('lines are lines of the file the text stands in', () => {
  expect(faultsOf('title: 12\nquestions: []', 2)).toEqual(['2: title must be string'])
})

test('no text makes it throw', () => {
  const piece = fc.constantFrom(
    ...'ab:-[]{}&*!|>\'"%@`#?,\n\t ',
    '停电',
    '---\n',
    '<<: ',
    '&a ',
    '*a',
    '\u0000',
    '\uFEFF',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), pieces => {
      for (const fault of faultsOf(pieces.join(''))) expect(fault).toMatch(/^\d+: ./u)
    }),
    { numRuns: 1000 },
  )
})
