import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { beginningOf, dayAt, dayFrom, daysBetween, endOf, isSpan, lastDayBefore } from '../../web/ui/days.ts'
import { dayText, momentText, spanText } from '../../web/ui/times.ts'

beforeAll(() => vi.stubEnv('TZ', 'America/New_York'))
afterAll(() => vi.unstubAllEnvs())

const at = (time: string) => Date.parse(`${time}+08:00`)

describe('days in China', () => {
  it('begin and end there, wherever the computer is', () => {
    expect(beginningOf('2026-09-12')).toBe('2026-09-11T16:00:00.000Z')
    expect(endOf('2026-09-12')).toBe('2026-09-12T16:00:00.000Z')
    expect(dayFrom('2026-09-11T16:00:00.000Z')).toBe('2026-09-12')
    expect(lastDayBefore('2026-09-12T16:00:00.000Z')).toBe('2026-09-12')
    expect([beginningOf(''), endOf(''), dayFrom(null), lastDayBefore(null)]).toEqual([null, null, '', ''])
  })

  it('change at midnight there', () => {
    expect([at('2026-09-12T23:59:59'), at('2026-09-13T00:00:00')].map(dayAt)).toEqual([
      '2026-09-12',
      '2026-09-13',
    ])
    expect(daysBetween(at('2026-09-12T23:59:00'), at('2026-09-13T00:01:00'))).toBe(1)
    expect(daysBetween(at('2026-09-13T00:00:00'), at('2026-09-13T23:59:00'))).toBe(0)
  })

  it('are a span when the last is not before the first', () => {
    expect(isSpan('2026-09-12', '2026-09-12')).toBe(true)
    expect(isSpan('2026-09-13', '2026-09-12')).toBe(false)
    expect(isSpan('', '2026-09-12')).toBe(false)
  })

  it('are what the page says of times, also on a computer elsewhere', () => {
    const now = at('2026-09-16T00:30:00')
    expect(momentText(at('2026-09-16T20:30:00'), now, 'zh-CN')).toBe('20:30')
    expect(momentText(at('2026-09-17T08:00:00'), now, 'zh-CN')).toBe('明天 08:00')
    expect(momentText(at('2026-09-19T08:00:00'), now, 'zh-CN')).toBe('周六 08:00')
    expect(dayText(at('2027-01-01T00:00:00'), now, 'zh-CN')).toBe('2027年1月1日')
    expect(spanText(at('2026-09-16T08:00:00'), at('2026-09-16T23:00:00'), now, 'zh-CN')).toBe('08:00–23:00')
  })
})
