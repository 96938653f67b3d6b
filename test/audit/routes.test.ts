import { afterAll, beforeAll, expect, it } from 'vitest'
import { gt } from 'drizzle-orm'
import type { InjectOptions } from 'fastify'
import { verifyChain } from '#server/audit/index.ts'
import { audit } from '#server/platform/kernel/tables.ts'
import { auditHead } from '#server/platform/kernel/records.ts'
import { makeApp, type TestApp } from '../support/app.ts'
import { routesOf } from '../support/routes.ts'
import { LEFT } from './left.ts'
import { keep, made, stepsIn } from './steps.ts'

let t: TestApp
beforeAll(async () => {
  t = await makeApp()
})
afterAll(() => t.close())

/** These only work something out; they change nothing. */
const WRITE_NOTHING = new Set([
  'POST /api/comparisons',
  'POST /api/previews',
  'POST /api/question-outlooks',
  'POST /api/scripts/check',
])

it('knows every route that writes', () => {
  const writing = routesOf(t.app).filter(route => !route.startsWith('GET ') && !WRITE_NOTHING.has(route))
  expect(Object.keys(stepsIn(t)).toSorted()).toEqual(writing)
  expect(Object.keys(LEFT).toSorted()).toEqual(writing)
})

it('each route that writes leaves its row, with who, from where and the hashes of what it changed', async () => {
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
    const rows = rowsAfter(before).filter(row => row.personId !== null)
    const hashes = [rows[0]?.before && 'before', rows[0]?.after && 'after'].filter(Boolean).join(' ')
    const [actions, hashed = ''] = LEFT[route]!
    expect([route, rows.map(row => row.action).join(' '), hashes]).toEqual([route, actions, hashed])
    for (const row of rows) expect([route, row.fromAddress]).toEqual([route, '127.0.0.1'])
  }
  expect(verifyChain(t.db)).toEqual(auditHead(t.db))
})

const rowsAfter = (id: number) => t.db.select().from(audit).where(gt(audit.id, id)).all()
