import { expect, it } from 'vitest'
import { periodOf, spanFault } from '../../../web/insights/period.ts'

it('a span of days ends today, in China', () => {
  const night = Date.parse('2026-11-21T17:00:00Z')
  expect(periodOf('7', night)).toEqual({ from: '2026-11-16', until: '2026-11-22' })
  expect(periodOf('all', night)).toEqual({})
})

it('a period of one’s own ends no earlier than it begins and is no longer than figures are reckoned for', () => {
  expect(spanFault('2026-11-02', '2026-11-01')).toBe('insights.period.backwards')
  expect(spanFault('', '2026-11-01')).toBe('insights.period.backwards')
  expect(spanFault('2026-08-01', '2026-11-01', 92)).toBe('insights.period.long')
  expect(spanFault('2026-08-02', '2026-11-01', 92)).toBeUndefined()
})
