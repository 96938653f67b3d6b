import { expect, it } from 'vitest'
import { readSeconds } from '#server/scripts/reading.ts'

const seconds = (text: string, more: object = {}, aMinute = 60) =>
  readSeconds({ lines: [{ speaker: 'agent', text, ...more }] }, aMinute, ref =>
    ref === 'entry:a@1' ? '十个字的口径在这里念' : '',
  )

it('a step is read aloud at so many characters a minute: characters and digits count, marks do not', () => {
  expect(seconds('您好，请讲。')).toBe(4)
  expect(seconds('95598')).toBe(5)
  expect(seconds('您好，请讲。', {}, 240)).toBe(1)
})
it('counts the required lines of the agent, a quote as its text and a variable as a few characters', () => {
  expect(seconds('您好', { optional: true })).toBe(0)
  expect(seconds('您好', { speaker: 'customer' })).toBe(0)
  expect(seconds('[[entry:a@1]]')).toBe(10)
  expect(seconds('{客户.称呼}')).toBe(4)
})
