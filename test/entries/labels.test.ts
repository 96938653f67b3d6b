import { describe, expect, onTestFinished, test } from 'vitest'
import { labelsOf } from '#server/entries/rules.ts'
import { HOUR } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW } from '../support/app.ts'

const PLAIN = {
  own: [],
  statuses: [],
  superseded: false,
  requoted: false,
  until: null,
  verifyBy: null,
  warned: false,
} as const

describe('labels', () => {
  test('旧版 is added once a cited source is outdated, and stands once', () => {
    expect(labelsOf({ ...PLAIN, statuses: ['current', 'outdated'] }, NOW)).toEqual(['旧版'])
    expect(labelsOf({ ...PLAIN, own: ['旧版', '待核'], statuses: ['outdated'] }, NOW)).toEqual([
      '待核',
      '旧版',
    ])
    expect(labelsOf({ ...PLAIN, statuses: ['verify'] }, NOW)).toEqual([])
  })

  test('each that the service derives comes and goes with its reason', () => {
    expect(labelsOf({ ...PLAIN, until: NOW + HOUR }, NOW)).toEqual(['快审'])
    expect(labelsOf({ ...PLAIN, superseded: true }, NOW)).toEqual(['依据已更新'])
    expect(labelsOf({ ...PLAIN, verifyBy: NOW + 1 }, NOW)).toEqual([])
    expect(labelsOf({ ...PLAIN, verifyBy: NOW }, NOW)).toEqual(['逾期未复核'])
    expect(labelsOf({ ...PLAIN, warned: true }, NOW)).toEqual(['有反馈'])
  })

  test('an agent sees it without anyone touching the entry', async () => {
    const app = await makeApp()
    onTestFinished(app.close)
    const agent = await app.signIn('agent')
    const id = app.build.entry({ basis: [{ sourceId: app.build.source('business-rules-1996') }] })
    expect((await agent.get(`/api/entries/${id}`)).json()).toMatchObject({ labels: ['旧版'] })
  })
})
