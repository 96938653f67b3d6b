import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { i18n } from '../../web/app/i18n.ts'
import EntryFacts from '../../web/reading/EntryFacts.vue'
import { textOf } from '../../web/reading/text.ts'
import { now } from '../../web/ui/now.ts'
import { view } from './reviews/sample.ts'

beforeEach(() => {
  vi.stubEnv('TZ', 'Asia/Shanghai')
  now.value = Date.parse('2026-11-22T10:00:00+08:00')
})
afterEach(() => vi.unstubAllEnvs())

const facts = (times: { validFrom?: string; validUntil?: string; verifyBy?: string }) =>
  mount(EntryFacts, {
    props: { text: textOf({ ...view(1).revision, ...times }) },
    global: { plugins: [i18n] },
  }).text()

it('names the last day of what holds to the end of a day, not the day after', () => {
  expect(facts({ validUntil: '2026-12-31T16:00:00Z' })).toContain('12月31日止')
})

it('names the day within which it ends', () => {
  expect(facts({ validUntil: '2026-12-31T04:00:00Z' })).toContain('12月31日止')
})

it('names the first day of what begins with a day, and the day before which it is verified', () => {
  const shown = facts({ validFrom: '2026-11-30T16:00:00Z', verifyBy: '2026-12-09T16:00:00Z' })
  expect(shown).toContain('12月1日起')
  expect(shown).toContain('12月10日前复核')
})
