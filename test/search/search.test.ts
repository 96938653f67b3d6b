import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { SearchReply } from '#server/contract/search.ts'
import { HOUR } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'

let app: TestApp
let agent: Client
beforeEach(async () => {
  app = await makeApp()
  onTestFinished(app.close)
  agent = await app.signIn('agent')
})

const ask = async (q: string, more = '') =>
  (await agent.get(`/api/search?q=${encodeURIComponent(q)}${encodeURI(more)}`)).json<SearchReply>()
const ids = async (q: string, more = '') => (await ask(q, more)).hits.map(hit => hit.id)

const METER = {
  standardQuestion: '电表走得快怎么办？',
  similarQuestions: ['表转得太快'],
  topic: '电表异常',
  tags: ['电表'],
}

describe('the index follows at once', () => {
  test('what was published is found by the next search, what is a draft is not', async () => {
    const { entryId, revisionId } = app.build.draft(METER)
    expect(await ids('电表走得快')).toEqual([])
    app.build.publish(revisionId)
    expect(await ids('电表走得快')).toEqual([entryId])
  })

  test('a retired entry is gone', async () => {
    const id = app.build.entry(METER)
    expect(await ids('电表走得快')).toEqual([id])
    app.build.retire(id)
    expect(await ask('电表走得快')).toMatchObject({ hits: [], total: 0, facets: { kind: {}, category: {} } })
  })

  test('validUntil and validFrom turn it to the second, without anyone writing', async () => {
    const ending = app.build.entry({ ...METER, validUntil: NOW + HOUR })
    const coming = app.build.entry({ ...METER, validFrom: NOW + HOUR })
    app.clock.now = NOW + HOUR - 1
    expect(await ids('电表走得快')).toEqual([ending])
    app.clock.now = NOW + HOUR
    expect(await ids('电表走得快')).toEqual([coming])
  })

  test('the published revision is found by its words while a later one is a draft, and by the new ones after', async () => {
    const id = app.build.entry({ ...METER, say: '先断开所有电器看表。' })
    const later = app.build.revision(id, {
      ...METER,
      standardQuestion: '光伏并网找谁？',
      similarQuestions: [],
      topic: '光伏',
      tags: [],
      say: '请带身份证来办理。',
    })
    expect(await ids('光伏并网')).toEqual([])
    expect(await ask('电表走得快')).toMatchObject({ hits: [{ id, say: '先断开所有电器看表。' }] })
    app.build.publish(later)
    expect(await ids('光伏并网')).toEqual([id])
    expect(await ids('电表走得快')).toEqual([])
  })

  test('a notice is found until its end', async () => {
    const id = app.build.notice({ areas: ['柳林镇'], endsAt: NOW + HOUR })
    expect(await ask('柳林镇停电')).toMatchObject({ hits: [{ kind: 'notice', id, topic: '停电公告' }] })
    app.clock.now = NOW + HOUR
    expect(await ids('柳林镇停电')).toEqual([])
  })

  test('what was published while the service was down is found after it starts', async () => {
    const id = app.build.entry(METER)
    await app.indexer.rebuild()
    expect(await ids('电表走得快')).toEqual([id])
  })

  test('many searches at once see the same', async () => {
    const id = app.build.entry(METER)
    const replies = await Promise.all(Array.from({ length: 20 }, () => ids('电表走得快')))
    expect(replies).toEqual(Array.from({ length: 20 }, () => [id]))
  })
})

describe('ways of typing', () => {
  test.each([
    ['the question', '停电造成损失，供电企业赔不赔？'],
    ['a wording of a caller', '停了一天电能不能赔钱'],
    ['two characters', '赔偿'],
    ['initials', 'tdpc'],
    ['pinyin', 'tingdianpeichang'],
    ['traditional characters', '停電賠償'],
    ['another width', '停电　赔偿！！'],
    ['a synonym', '断电赔偿'],
  ])('%s', async (_, q) => {
    const id = app.build.entry()
    app.build.entry(METER)
    expect((await ids(q))[0]).toBe(id)
  })
})

test('a hit carries what the list shows', async () => {
  const id = app.build.entry({
    ...METER,
    scope: { company: '国网' },
    labels: ['待核'],
    validUntil: NOW + HOUR,
  })
  const { hits, query, engine, degraded, confident } = await ask('电表走得快')
  expect({ query, engine, degraded, confident }).toEqual({
    query: '电表走得快',
    engine: 'embedded',
    degraded: false,
    confident: true,
  })
  expect(hits[0]).toMatchObject({
    kind: 'answer',
    id,
    topic: '电表异常',
    category: '供电可靠',
    title: '电表走得快怎么办？',
    labels: ['待核'],
    scope: { company: '国网' },
    validUntil: new Date(NOW + HOUR).toISOString(),
    resolvedCount: 0,
  })
})

test('highlights are ranges of the text they belong to and hold what was typed', async () => {
  app.build.entry({ ...METER, say: '<b>电表</b>走得快，请先断开所有电器。' })
  const [hit] = (await ask('电表走得快')).hits
  expect(hit!.highlights.title.map(([start, end]) => hit!.title.slice(start, end)).join('')).toContain(
    '电表走得快',
  )
  for (const [start, end] of hit!.highlights.snippet)
    expect(hit!.snippet.slice(start, end).length).toBe(end - start)
  expect(hit!.snippet).not.toContain('<mark>')
})

test('no confident answer is said so', async () => {
  app.build.entry(METER)
  for (const q of ['今天天气怎么样', '？？？！', 'qqqqxz'])
    expect(await ask(q)).toMatchObject({ confident: false })
})

describe('filters and facets', () => {
  beforeEach(() => {
    app.build.entry({ ...METER, kind: 'process', category: '供电服务' })
    app.build.entry({ ...METER, kind: 'answer', category: '供电服务' })
    app.build.entry({ ...METER, kind: 'answer', category: '其它' })
    app.build.draft({ ...METER, kind: 'rule', category: '信息沟通' })
  })

  test.each(['电表走得快', ''])('counts by kind and category leave their own filter out: %j', async q => {
    const all = await ask(q)
    expect(all).toMatchObject({
      total: 3,
      facets: { kind: { process: 1, answer: 2 }, category: { 供电服务: 2, 其它: 1 } },
    })
    expect(all.facets.kind).not.toHaveProperty('rule')
    const one = await ask(q, '&kind=answer&category=供电服务')
    expect(one).toMatchObject({ total: 1, hits: [{ kind: 'answer', category: '供电服务' }] })
    expect(one.facets).toMatchObject({ kind: { process: 1, answer: 1 }, category: { 供电服务: 1, 其它: 1 } })
  })

  test.each(['电表走得快', ''])('pages: %j', async q => {
    const all = await ids(q)
    expect(await ids(q, '&limit=1')).toEqual(all.slice(0, 1))
    expect(await ids(q, '&limit=2&offset=1')).toEqual(all.slice(1, 3))
    expect(await ask(q, '&limit=100&offset=900')).toMatchObject({ hits: [], total: 3 })
  })
})
