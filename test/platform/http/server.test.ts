import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import Database from 'better-sqlite3'
import { createServer } from '#server/platform/http/server.ts'
import { makeApp } from '../../support/app.ts'

const server = () => createServer({ logLevel: 'silent', version: '1' })

test('a programming error is 500 and its text stays inside', async () => {
  const app = await server()
  app.get('/api/broken', () => {
    throw new Error('select * from person where password_hash')
  })
  const reply = await app.inject('/api/broken')
  expect(reply.statusCode).toBe(500)
  expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/u)
  expect(reply.json()).toEqual({
    type: 'about:blank',
    title: 'server fault',
    status: 500,
    code: 'server.fault',
  })
})

test('a reply that does not fit its shape is 500 and shows nothing of it', async () => {
  const app = await server()
  const shape: object = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } }
  app.get('/api/misfit', { schema: { response: { 200: shape } } }, async () => ({ secret: '口令' }))
  const reply = await app.inject('/api/misfit')
  expect(reply.json()).toMatchObject({ code: 'server.fault' })
  expect(reply.body).not.toContain('口令')
})

test('every answer carries the headers of a closed page', async () => {
  const app = await server()
  const { headers } = await app.inject('/api/openapi.json')
  expect(headers['content-security-policy']).toContain("default-src 'self'")
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
  expect(headers['content-security-policy']).not.toContain('unsafe-inline')
  expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests')
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
  expect(headers['strict-transport-security']).toBeUndefined()
})

test('a database held by somebody else is 503, and the next try goes through', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'firstline-busy-')), 'a.db')
  const app = await makeApp({ path })
  onTestFinished(app.close)
  const agent = await app.signIn('agent')
  app.db.$client.pragma('busy_timeout = 0')
  const other = new Database(path)
  other.exec('begin immediate')
  const reply = await agent.post('/api/calls', {})
  expect(reply.statusCode).toBe(503)
  expect(reply.json()).toMatchObject({ code: 'database.busy' })
  expect((await agent.get('/api/search?q=停电')).statusCode).toBe(200)
  other.close()
  expect((await agent.post('/api/calls', {})).statusCode).toBe(201)
})
