import { describe, expect, it } from 'vitest'
import { inlinePieces, quotedIn } from '../../../web/reading/script-lines.ts'
import { rangesIn } from '../../../web/scripts/findings.ts'
import { findVariables, opensInsert } from '../../../web/scripts/inserting.ts'
import { itemsOf, rowsOf, valueOf, withValue } from '../../../web/scripts/fields.ts'
import { agent, script } from './sample.ts'

describe('a line', () => {
  it('is cut into words, variables and quotes', () => {
    expect(inlinePieces('{客户.称呼}您好，[[entry:12@3]]{某某}')).toEqual([
      { kind: 'variable', text: '客户.称呼' },
      { kind: 'text', text: '您好，' },
      { kind: 'quote', text: 'entry:12@3' },
      { kind: 'unknown', text: '某某' },
    ])
    expect(inlinePieces('一般的[话]和{')).toEqual([{ kind: 'text', text: '一般的[话]和{' }])
  })

  it('has each of its quotes once', () => {
    expect(quotedIn([agent('[[notice:active]]'), agent('[[notice:active]][[entry:1@2]]')])).toEqual([
      'notice:active',
      'entry:1@2',
    ])
  })

  it('has the blamed words underlined where they stand, in their order', () => {
    const found = [
      { step: 1, severity: 'warning' as const, rule: 'a', message: '', quote: '放心' },
      { step: 1, severity: 'error' as const, rule: 'b', message: '', quote: '一定' },
      { step: 1, severity: 'error' as const, rule: 'c', message: '', quote: '不在这里' },
    ]
    expect(rangesIn('一定来电，您放心。', found)).toEqual([
      [0, 2, 'error'],
      [6, 8, 'warning'],
    ])
  })
})

describe('inserting', () => {
  it('begins with / where no word or number goes on, and with { anywhere', () => {
    for (const before of ['', '您好，', '停电', 'see '])
      expect(opensInsert('/', before), before).toBe('quote')
    for (const before of ['24', 'km', 'http:', '/']) expect(opensInsert('/', before), before).toBeUndefined()
    expect(opensInsert('{', 'km')).toBe('variable')
    expect(opensInsert('、', '')).toBeUndefined()
  })

  it('offers variables by their names', async () => {
    expect((await findVariables('下次')).map(one => one.words)).toEqual(['{通知.下次更新}'])
    expect((await findVariables('')).length).toBeGreaterThan(10)
  })
})

describe('the fields of a step', () => {
  it('stand in the order of the guide', () => {
    const late = withValue(script(), 1, '未知项', ['几点来电'], ['已知事实', '未知项'])
    const now = withValue(late, 1, '已知事实', ['停电'], ['已知事实', '未知项'])
    expect(now.steps[0]?.fields.map(one => one.name)).toEqual(['已知事实', '未知项'])
    expect(valueOf(now, 1, '未知项')).toEqual(['几点来电'])
  })

  it('are lists of what was typed one a line, and rows with a cell for each column', () => {
    expect(itemsOf('停电\n\n  有药 \n多了', 2)).toEqual(['停电', '有药'])
    expect(rowsOf([{ 原话: '药要坏了', 旧栏: '留着' }], ['原话', '优先'])).toEqual([
      { 原话: '药要坏了', 优先: '', 旧栏: '留着' },
    ])
  })
})
