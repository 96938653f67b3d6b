import { afterAll, beforeAll, expect, it } from 'vitest'
import type { InjectOptions } from 'fastify'
import { verifyChain } from '#server/audit/index.ts'
import { auditHead } from '#server/platform/kernel/records.ts'
import { makeApp, type TestApp } from '../support/app.ts'
import { routesOf } from '../support/routes.ts'
import { keep, made, stepsIn } from './steps.ts'

let t: TestApp
beforeAll(async () => {
  t = await makeApp()
})
afterAll(() => t.close())

/** These only work something out; they change nothing. */
const WRITE_NOTHING = new Set(['POST /api/comparisons', 'POST /api/previews'])

it('knows every route that writes', () => {
  const writing = routesOf(t.app).filter(route => !route.startsWith('GET ') && !WRITE_NOTHING.has(route))
  expect(Object.keys(stepsIn(t)).toSorted()).toEqual(writing)
})

it('each route that writes leaves a row, with who and from where', async () => {
  made.entry = t.build.entry({ ownerDepartment: 'market', basis: [{ sourceId: 3 }] })
  for (const [route, { as, send }] of Object.entries(stepsIn(t))) {
    const client = await t.signIn(...as)
    const request = await send()
    const before = auditHead(t.db)?.length ?? 0
    const [method = ''] = route.split(' ')
    const options = { ...request, method, headers: { ...request.headers, cookie: client.cookie } }
    const reply = await t.inject(options as InjectOptions)
    expect([route, reply.statusCode < 300 ? '' : reply.body]).toEqual([route, ''])
    keep(route, reply.statusCode === 204 ? {} : reply.json<Record<string, number>>())
    const rows = t.db.$client
      .prepare('select person_id, from_address from audit where id > ? and person_id is not null')
      .all(before)
    expect([route, rows.length > 0]).toEqual([route, true])
    expect(rows).toContainEqual(expect.objectContaining({ from_address: '127.0.0.1' }))
  }
  expect(verifyChain(t.db)).toEqual(auditHead(t.db))
})
