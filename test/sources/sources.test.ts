import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SourceList, SourceView } from '#server/contract/source.ts'
import { write } from '#server/platform/db/db.ts'
import { importSources, sourceIdsByKey, type SourceLine } from '#server/sources/index.ts'
import { chinaDay, statusOn } from '#server/sources/rules.ts'
import { makeApp, type Client, type TestApp } from '../support/app.ts'

let app: TestApp
let agent: Client
beforeAll(async () => {
  app = await makeApp()
  agent = await app.signIn('agent')
})
afterAll(() => app.close())

const list = async (query: string) =>
  (await agent.get(`/api/sources?${encodeURI(query)}`)).json<SourceList>().sources.map(one => one.key)

describe('status', () => {
  test.each([
    ['current', { status: 'current', inForceTo: null, supersededBy: null }],
    ['verify', { status: 'verify', inForceTo: null, supersededBy: null }],
    ['current', { status: 'current', inForceTo: '2026-11-22', supersededBy: null }],
    ['outdated', { status: 'current', inForceTo: '2026-11-21', supersededBy: null }],
    ['outdated', { status: 'verify', inForceTo: '2026-11-21', supersededBy: null }],
    ['outdated', { status: 'current', inForceTo: null, supersededBy: 3 }],
    ['verify', { status: 'verify', inForceTo: null, supersededBy: 3 }],
  ] as const)('%s: %j', (expected, source) => expect(statusOn(source, '2026-11-22')).toBe(expected))

  test('the day is the day in China', () => {
    expect(chinaDay(Date.parse('2026-11-21T15:59:59Z'))).toBe('2026-11-21')
    expect(chinaDay(Date.parse('2026-11-21T16:00:00Z'))).toBe('2026-11-22')
  })
})

test('a source shows its number, dates and what replaced it', async () => {
  const id = app.build.source('business-rules-1996')
  expect((await agent.get(`/api/sources/${id}`)).json<SourceView>()).toEqual({
    id,
    key: 'business-rules-1996',
    title: '供电营业规则（1996年）',
    number: '电力工业部令第8号',
    issuer: '电力工业部',
    kind: 'rule',
    issuedOn: null,
    inForceFrom: null,
    inForceTo: '2024-05-31',
    supersededBy: {
      id: app.build.source('business-rules'),
      title: '供电营业规则',
      number: '国家发展改革委令第14号',
    },
    status: 'outdated',
  })
})

test('a source nobody registered is not found', async () => {
  expect((await agent.get('/api/sources/999')).json()).toMatchObject({
    status: 404,
    code: 'source.not_found',
  })
})

test.each([
  ['q=营业规则', ['business-rules', 'business-rules-1996']],
  ['q=12325', ['gb-12325']],
  ['q=标准化', ['gb-12325']],
  ['q=没有这个文件', []],
  ['q=%25', []],
  ['q=_', []],
  ['q=\\', []],
  ['status=outdated', ['business-rules-1996']],
  ['status=verify', ['gb-12325']],
  ['limit=1&offset=1', ['business-rules-1996']],
])('the register by %s', async (query, keys) => {
  expect((await list(query.replace('%25', '%'))).toSorted()).toEqual(keys)
})

test('the total counts what fits, not what is shown', async () => {
  expect((await agent.get('/api/sources?limit=1')).json()).toMatchObject({
    total: 3,
    sources: [expect.anything()],
  })
})

test('importing the register again changes nothing; a changed line is renewed in place', () => {
  const line: SourceLine = {
    title: '测试办法',
    number: '第1号',
    issuer: '测试单位',
    kind: 'document',
    status: 'current',
  }
  const put = (lines: Record<string, SourceLine>) =>
    write(app.db, tx => importSources(tx, new Map(Object.entries(lines))))
  put({ trial: { ...line, inForceTo: '2026-01-01' } })
  const id = sourceIdsByKey(app.db).get('trial')
  put({ trial: { ...line, title: '测试办法（修订）' } })
  put({ trial: { ...line, title: '测试办法（修订）' } })
  expect(sourceIdsByKey(app.db).get('trial')).toBe(id)
  expect(app.db.$client.prepare('select title, in_force_to from source where key = ?').get('trial')).toEqual({
    title: '测试办法（修订）',
    in_force_to: null,
  })
})
