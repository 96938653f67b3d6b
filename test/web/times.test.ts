import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { clockText, dayText, leftText, momentText, relativeText, spanText } from '../../web/ui/times.ts'

beforeAll(() => vi.stubEnv('TZ', 'Asia/Shanghai'))
afterAll(() => vi.unstubAllEnvs())

/** A Wednesday. */
const NOW = Date.parse('2026-09-16T12:00:00+08:00')
const MINUTE = 60_000

describe('the clock of a call', () => {
  it('counts minutes and seconds, and hours from the first on', () => {
    expect(clockText(0)).toBe('00:00')
    expect(clockText(161_900)).toBe('02:41')
    expect(clockText(3_725_000)).toBe('1:02:05')
  })

  it('never runs below zero when two computers disagree', () => expect(clockText(-5000)).toBe('00:00'))
})

describe('how far away', () => {
  it('speaks the language of the page', () => {
    expect(relativeText(NOW - 18 * MINUTE, NOW, 'zh-CN')).toBe('18分钟前')
    expect(relativeText(NOW + 125 * MINUTE, NOW, 'zh-CN')).toBe('2小时后')
    expect(relativeText(NOW + 3 * 1440 * MINUTE, NOW, 'en')).toBe('in 3 days')
  })

  it('says how long is left in hours, then in minutes', () => {
    expect(leftText(119 * MINUTE, 'zh-CN')).toBe('1小时')
    expect(leftText(59.9 * MINUTE, 'en')).toBe('59 minutes')
    expect(leftText(1, 'zh-CN')).toBe('1分钟')
  })

  it('says now within a minute', () => expect(relativeText(NOW - 20_000, NOW, 'zh-CN')).toBe('现在'))
})

const at = (time: string) => momentText(Date.parse(`${time}+08:00`), NOW, 'zh-CN')
const span = (from: string, to: string) =>
  spanText(Date.parse(`${from}+08:00`), Date.parse(`${to}+08:00`), NOW, 'zh-CN')

describe('when', () => {
  it('names the day only when it is not today', () => {
    expect(at('2026-09-16T20:30:00')).toBe('20:30')
    expect(at('2026-09-17T08:00:00')).toBe('明天 08:00')
    expect(at('2026-09-15T23:59:00')).toBe('昨天 23:59')
    expect(at('2026-09-19T08:00:00')).toBe('周六 08:00')
    expect(at('2026-10-16T08:00:00')).toBe('10月16日 08:00')
  })

  it('says midnight as 00, not 24', () => expect(at('2026-09-17T00:05:00')).toBe('明天 00:05'))

  it('repeats the day of a span only when it changes', () => {
    expect(span('2026-09-17T08:00:00', '2026-09-17T12:00:00')).toBe('明天 08:00–12:00')
    expect(span('2026-09-16T22:00:00', '2026-09-17T02:00:00')).toBe('22:00–明天 02:00')
  })

  it('gives a year only to another year', () => {
    expect(dayText(NOW, NOW, 'zh-CN')).toBe('9月16日')
    expect(dayText(Date.parse('2027-03-12T00:00:00+08:00'), NOW, 'zh-CN')).toBe('2027年3月12日')
  })
})
