import { describe, expect, it } from 'vitest'
import {
  addLine,
  insertAt,
  joinLine,
  lineAt,
  linesAt,
  moveLine,
  splitLine,
  turnOptional,
  turnSpeaker,
  withText,
} from '../../../web/scripts/editing.ts'
import { MAX_LINE, MAX_LINES } from '#server/contract/script.ts'
import { agent, customer, script, step } from './sample.ts'

const at = { step: 1, line: 1 }
const texts = (now: ReturnType<typeof script>, block = { step: 1 }) =>
  linesAt(now, block).map(line => line.text)

describe('a line', () => {
  it('is cut at the caret, and what follows is the next line of the same speaker', () => {
    const { script: now, spot, caret } = splitLine(script(), at, 8)
    expect(texts(now)).toEqual(['我冰箱里有药！', '听得出您很着急。', '我先看停电记录。'])
    expect(lineAt(now, spot)?.speaker).toBe('agent')
    expect([spot.line, caret]).toEqual([2, 0])
  })

  it('of the caller is followed by one of the agent when it is split at its end', () => {
    const { script: now } = splitLine(script(), { step: 1, line: 0 }, 7)
    expect(linesAt(now, { step: 1 })[1]).toEqual(agent(''))
  })

  it('that is empty goes with Backspace, and the caret stands at the end of the one before', () => {
    const empty = withText(script(), at, '')
    const { script: now, spot, caret } = joinLine(empty, at)
    expect(texts(now)).toEqual(['我冰箱里有药！'])
    expect([spot.line, caret]).toEqual([0, 7])
  })

  it('is joined to the one before without a character lost, unless both are too long together', () => {
    expect(texts(joinLine(script(), at).script)).toEqual(['我冰箱里有药！听得出您很着急。我先看停电记录。'])
    const long = withText(script(), at, '药'.repeat(MAX_LINE))
    expect(joinLine(long, at).script).toBe(long)
  })

  it('that is the first stays when it says something, and goes when it is empty', () => {
    const first = { step: 1, line: 0 }
    expect(texts(joinLine(script(), first).script)).toEqual(texts(script()))
    expect(texts(joinLine(withText(script(), first, ''), first).script)).toEqual([
      '听得出您很着急。我先看停电记录。',
    ])
  })

  it('moves among its neighbours and stays at the ends', () => {
    const { script: now, spot, caret } = moveLine(script(), at, -1, 3)
    expect(texts(now)).toEqual(['听得出您很着急。我先看停电记录。', '我冰箱里有药！'])
    expect([spot.line, caret]).toEqual([0, 3])
    expect(moveLine(now, spot, -1, 0).script).toBe(now)
  })

  it('takes words in place of what is selected, and none that would make it too long', () => {
    const { script: now, caret } = insertAt(script(), at, [0, 3], '[[notice:active]]')
    expect(texts(now)[1]).toBe('[[notice:active]]您很着急。我先看停电记录。')
    expect(caret).toBe(17)
    const full = withText(script(), at, '药'.repeat(MAX_LINE))
    expect(insertAt(full, at, [0, 0], '{客户.称呼}').script).toBe(full)
  })

  it('changes its speaker and whether it may be left out', () => {
    const turned = turnOptional(turnSpeaker(script(), at), at)
    expect(lineAt(turned, at)).toEqual({ ...customer('听得出您很着急。我先看停电记录。'), optional: true })
    expect(turnOptional(turnSpeaker(turned, at), at)).toEqual(script())
  })
})

describe('a branch', () => {
  it('has lines of its own, which leave those of the step alone', () => {
    const branch = { ifSays: '那到底几点来电？', lines: [agent('还没查到。')], to: 5 }
    const now = script({ steps: [step(1, [agent('您好。')], { branches: [branch] })] })
    const { script: added, spot } = addLine(now, { step: 1, branch: 0 })
    expect(spot).toEqual({ step: 1, branch: 0, line: 1 })
    expect(texts(splitLine(added, { step: 1, branch: 0, line: 0 }, 2).script)).toEqual(['您好。'])
  })
})

it('no block takes more lines than the contract allows', () => {
  const full = script({
    steps: [
      step(
        1,
        Array.from({ length: MAX_LINES }, () => agent('好。')),
      ),
    ],
  })
  expect(addLine(full, { step: 1 }).script).toBe(full)
  expect(splitLine(full, { step: 1, line: 0 }, 1).script).toBe(full)
})
