import { describe, expect, it } from 'vitest'
import { readingSeconds, thoughtsOf } from '../../web/ui/say.ts'

const lines = (say: string) => thoughtsOf(say).map(phrases => phrases.join('｜'))

describe('the say, as it is breathed', () => {
  it('gives every sentence its own paragraph and every pause a place to break', () => {
    expect(lines('请先别修，保留现场。七天内都有效；我现在登记！')).toEqual([
      '请先别修，｜保留现场。',
      '七天内都有效；',
      '我现在登记！',
    ])
  })

  it('keeps closing quotes and doubled marks with their sentence', () => {
    expect(lines('您说“马上就来电。”我记下了……好吗？！')).toEqual([
      '您说“马上就来电。”',
      '我记下了……',
      '好吗？！',
    ])
  })

  it('never cuts a figure or a time', () => {
    expect(lines('影响1,240户,预计20:30前更新')).toEqual(['影响1,240户,｜预计20:30前更新'])
  })

  it('takes line breaks as ends and loses no character', () => {
    const say = '先断开总开关\n人离远些，再打电话。'
    expect(lines(say)).toEqual(['先断开总开关', '人离远些，｜再打电话。'])
    expect(thoughtsOf(say).flat().join('')).toBe(say.replace('\n', ''))
  })

  it('shows nothing for nothing and keeps a text without marks whole', () => {
    expect(thoughtsOf('  \n ')).toEqual([])
    expect(thoughtsOf('95598')).toEqual([['95598']])
  })

  it('counts what is spoken, not the marks', () => {
    expect(readingSeconds('，。！')).toBe(1)
    expect(readingSeconds('停'.repeat(90))).toBe(20)
    expect(readingSeconds(`${'停'.repeat(45)}。，`)).toBe(10)
  })
})
