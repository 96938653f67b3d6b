import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Method } from '#server/contract/script-views.ts'
import { write } from '#server/platform/db/db.ts'
import { readGuide } from '#server/scripts/guide.ts'
import { guidesInForce } from '#server/scripts/method.ts'
import { CONTENT, importContent } from '#server/starter.ts'
import { makeApp, type Client, type TestApp } from '../support/app.ts'
import { approve, save } from '../support/committee.ts'

const GUIDE = `---
step: 5
name: 降低期望值
stages: [clarify]
fields:
  - { name: 可承诺项, kind: list, required: true, atLeast: 1, hint: 只写过程 }
checks: [update.missing]
---

## 目的

把能定的说死。

## 指引

先说能做到的。

## 好例

- 八点半前给您消息。

## 坏例

- 马上就好。
`

describe('readGuide', () => {
  test('gives what the file says', () => {
    expect(readGuide(GUIDE)).toMatchObject({
      step: 5,
      purpose: '把能定的说死。',
      text: '先说能做到的。',
      good: ['八点半前给您消息。'],
      bad: ['马上就好。'],
      fields: [{ name: '可承诺项', kind: 'list', required: true, columns: [], atLeast: 1, atMost: null }],
    })
  })

  test.each([
    ['no front matter', '## 目的', /no front matter/u, 1],
    ['a step that is not there', GUIDE.replace('step: 5', 'step: 12'), /step must be <= 9/u, 2],
    ['a kind of field nobody knows', GUIDE.replace('kind: list', 'kind: bag'), /fields\.0\.kind/u, 6],
    ['rows without columns', GUIDE.replace('kind: list', 'kind: rows'), /needs columns/u, 6],
    ['no purpose', GUIDE.replace('## 目的', '## 目标'), /目的/u, 9],
  ])('%s is a fault in its line', (_what, text, reason, line) => {
    const faults = readGuide(text)
    expect(faults).toEqual([expect.objectContaining({ line, reason: expect.stringMatching(reason) })])
  })
})

describe('the method in force', () => {
  let t: TestApp
  let expert: Client
  beforeAll(async () => {
    t = await makeApp()
    write(t.db, tx => importContent(tx, t.clock.now, CONTENT))
    expert = await t.signIn('expert', 'market')
  }, 60_000)
  afterAll(() => t.close())
  const method = async () => (await expert.get('/api/method')).json<Method>()

  test('has the nine steps with what their authors fill, and the words for the caller', async () => {
    const { steps, channels, moods } = await method()
    expect(steps.map(one => one.step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(steps.every(one => one.good.length > 0 && one.bad.length > 0 && one.guidanceHtml !== '')).toBe(
      true,
    )
    expect(steps.flatMap(one => one.stages)).toEqual(
      expect.arrayContaining(['accept', 'enquire', 'clarify', 'propose']),
    )
    expect(channels).toContain('电话')
    expect(moods.length).toBeGreaterThan(2)
  })

  test('is read once for each text of a guide', () => {
    const [first, second] = [guidesInForce(t.db, t.clock.now), guidesInForce(t.db, t.clock.now)]
    expect(first.size).toBe(10)
    for (const [step, { guide }] of first) expect(second.get(step)?.guide).toBe(guide)
  })

  test('changes when the committee approves another text of a guide, and not before', async () => {
    const { entryId } = (await method()).steps[4]!
    const { revisionId } = (await expert.post(`/api/entries/${entryId}/revisions`)).json<{
      revisionId: number
    }>()
    const read = (await expert.get(`/api/revisions/${revisionId}`)).json<Record<string, string>>()
    const { kind, category, topic, ownerDepartment, standardQuestion, say, body } = read
    const words = { kind, category, topic, ownerDepartment, standardQuestion, say }
    await save(t, expert, revisionId, { ...words, body: body!.replace('name: 降低期望值', 'name: 把话说实') })
    expect((await method()).steps[4]!.name).toBe('降低期望值')
    const { reviewId } = (await expert.post(`/api/revisions/${revisionId}/submission`)).json<{
      reviewId: number
    }>()
    await approve(t, reviewId)
    expect((await method()).steps[4]!.name).toBe('把话说实')
  })

  test('a guide is listed where guides are asked for, and never found by an agent', async () => {
    const agent = await t.signIn('agent')
    type Found = { total: number; facets: { kind: Record<string, number> }; hits: { kind: string }[] }
    const listed = (await agent.get('/api/search?kind=step')).json<Found>()
    expect(listed.total).toBe(10)
    const all = (await agent.get('/api/search?q=')).json<Found>()
    expect(all.facets.kind.step).toBeUndefined()
    const found = (await agent.get('/api/search?q=模糊式分析&limit=100')).json<Found>()
    expect(found.hits.map(hit => hit.kind)).not.toContain('step')
  })
})
