import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { person } from '#server/people/index.ts'
import { session } from '#server/people/tables.ts'
import { HOUR, MINUTE } from '#server/platform/kernel/clock.ts'
import { makeApp, type TestApp } from '../support/app.ts'

let app: TestApp

beforeEach(async () => {
  app = await makeApp()
  onTestFinished(app.close)
})

test('a session survives a restart, and the database does not hold its token', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'firstline-session-')), 'a.db')
  const before = await makeApp({ path })
  const agent = await before.signIn('agent')
  await before.close()
  const after = await makeApp({ path })
  onTestFinished(after.close)
  const reply = await after.inject({ url: '/api/session', headers: { cookie: agent.cookie } })
  expect(reply.json()).toMatchObject({ person: { id: agent.id, name: '林晓' } })
  expect(readFileSync(path, 'latin1')).not.toContain(agent.cookie.split('=')[1])
})

test('a session nobody used for a shift is over', async () => {
  const agent = await app.signIn('agent')
  app.clock.now += 8 * HOUR - 1
  expect((await agent.get('/api/session')).statusCode).toBe(200)
  app.clock.now += 8 * HOUR
  expect((await agent.get('/api/session')).json()).toMatchObject({ status: 401, code: 'session.required' })
})

test('a session in use goes on, but no longer than a day', async () => {
  const agent = await app.signIn('agent')
  for (let hour = 1; hour < 24; hour++) {
    app.clock.now += HOUR
    expect((await agent.get('/api/session')).statusCode).toBe(200)
  }
  app.clock.now += HOUR - 1
  expect((await agent.get('/api/session')).statusCode).toBe(200)
  app.clock.now += 1
  expect((await agent.get('/api/session')).statusCode).toBe(401)
})

test('use is noted at most once a minute', async () => {
  const agent = await app.signIn('agent')
  const seen = () => app.db.select().from(session).get()!.lastSeenAt - app.clock.now
  app.clock.now += MINUTE
  await agent.get('/api/session')
  expect(seen()).toBe(-MINUTE)
  app.clock.now += 1
  await agent.get('/api/session')
  expect(seen()).toBe(0)
})

test('signing out ends this browser alone', async () => {
  const here = await app.signIn('agent')
  const there = await app.signIn('agent')
  const reply = await here.delete('/api/session')
  expect(reply.statusCode).toBe(204)
  expect(reply.headers['set-cookie']).toMatch(/^firstline=;/u)
  expect((await here.get('/api/session')).statusCode).toBe(401)
  expect((await there.get('/api/session')).statusCode).toBe(200)
  expect((await app.inject({ method: 'DELETE', url: '/api/session' })).statusCode).toBe(204)
})

test('a person who left is signed out at once and cannot come back', async () => {
  const agent = await app.signIn('agent')
  app.db.update(person).set({ leftAt: app.clock.now }).where(eq(person.id, agent.id)).run()
  expect((await agent.get('/api/session')).statusCode).toBe(401)
  expect((await agent.get('/api/search?q=停电')).statusCode).toBe(401)
  const again = await app.inject({ method: 'POST', url: '/api/session', payload: { persona: 'agent' } })
  expect(again.statusCode).toBe(404)
})

test('sessions past their time are cleared away when somebody signs in', async () => {
  await app.signIn('agent')
  app.clock.now += 9 * HOUR
  await app.signIn('chair')
  expect(app.db.select().from(session).all()).toHaveLength(1)
})

test.each([
  'firstline=',
  'firstline=停电',
  'firstline=x; firstline=y',
  'other=1',
  `firstline=${'a'.repeat(5000)}`,
])('a cookie that is no token signs nobody in: %s', async cookie => {
  const reply = await app.inject({ url: '/api/session', headers: { cookie: encodeURI(cookie) } })
  expect(reply.statusCode).toBe(401)
})
