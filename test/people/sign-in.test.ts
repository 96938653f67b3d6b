import { afterAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { verify } from '@node-rs/argon2'
import { addPerson, hashPassword } from '#server/people/index.ts'
import { write } from '#server/platform/db/db.ts'
import { makeApp, NOW, type TestApp } from '../support/app.ts'

// other files have loaded the service with the real one already, and others will need that again
vi.hoisted(() => vi.resetModules())
afterAll(() => void vi.resetModules())
vi.mock('@node-rs/argon2', async original => {
  const real = await original<typeof import('@node-rs/argon2')>()
  return { ...real, verify: vi.fn(real.verify) }
})

const PASSWORD = '夜班的灯火通明2026'
const passwordHash = await hashPassword(PASSWORD)
let app: TestApp

beforeEach(async () => {
  app = await makeApp()
  onTestFinished(app.close)
  const person = {
    workNo: '10086',
    name: '张三',
    department: 'service',
    roles: ['agent'],
    passwordHash,
  } as const
  write(app.db, tx => addPerson(tx, NOW, person))
  vi.mocked(verify).mockClear()
})

const signIn = (payload: object, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url: '/api/session', payload, headers })

test('a work number and its password open a session', async () => {
  const reply = await signIn({ workNo: '10086', password: PASSWORD })
  expect(reply.statusCode).toBe(201)
  expect(reply.json()).toEqual({
    person: {
      id: expect.any(Number),
      name: '张三',
      workNo: '10086',
      roles: ['agent'],
      department: 'service',
    },
    demo: true,
  })
  const cookie = reply.headers['set-cookie']!.toString().split(';')[0]!
  const session = await app.inject({ url: '/api/session', headers: { cookie } })
  expect(session.json()).toEqual(reply.json())
})

test('passwords are kept as argon2id', () => {
  expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/u)
})

test('an unknown work number, a wrong password and a persona get the same answer after the same work', async () => {
  const replies = []
  for (const workNo of ['10086', '99999', '0731', "' or 1=1 --"])
    replies.push(await signIn({ workNo, password: '猜一个口令试试看' }))
  for (const reply of replies) {
    expect(reply.statusCode).toBe(401)
    expect(reply.body).toBe(replies[0]!.body)
    expect(reply.headers['set-cookie']).toBeUndefined()
  }
  expect(replies[0]!.json()).toMatchObject({ code: 'session.wrong_credentials' })
  expect(verify).toHaveBeenCalledTimes(4)
  for (const [stored] of vi.mocked(verify).mock.calls)
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/u)
})

test('what the decoy was made of opens nothing', async () => {
  const reply = await signIn({ workNo: '0731', password: 'nobody has this password' })
  expect(reply.statusCode).toBe(401)
})

test.each([
  [{ workNo: '10086' }, 'body.password'],
  [{ password: PASSWORD }, 'body.workNo'],
  [{}, 'body.workNo'],
  [{ workNo: 10086, password: PASSWORD }, 'body.workNo'],
  [{ workNo: '10086', password: '口'.repeat(201) }, 'body.password'],
  [{ persona: 'root' }, 'body.persona'],
  [{ persona: 'agent', admin: true }, 'body.admin'],
])('a sign-in without sense names the field: %j', async (payload, path) => {
  const reply = await signIn(payload)
  expect(reply.statusCode).toBe(400)
  expect(reply.json().fields.map((field: { path: string }) => field.path)).toEqual([path])
})

test('guessing is stopped, for that work number alone, in the form of every problem', async () => {
  const statuses = []
  for (let guess = 0; guess < 11; guess++)
    statuses.push((await signIn({ workNo: '99999', password: `猜测口令第${guess}次` })).statusCode)
  expect(statuses).toEqual([...Array<number>(10).fill(401), 429])
  const reply = await signIn({ workNo: '99999', password: '再来一次猜一猜' })
  expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/u)
  expect(reply.json()).toMatchObject({ status: 429, code: 'request.too_many' })
  expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0)
  expect(verify).toHaveBeenCalledTimes(10)
  expect((await signIn({ workNo: '10086', password: PASSWORD })).statusCode).toBe(201)
})

test('the cookie is out of reach of scripts and other sites, and secure behind TLS', async () => {
  const plain = (await signIn({ persona: 'agent' })).headers['set-cookie']!.toString()
  expect(plain).toMatch(/^firstline=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/u)
  const tls = await signIn({ workNo: '10086', password: PASSWORD }, { 'x-forwarded-proto': 'https' })
  expect(tls.headers['set-cookie']!.toString()).toMatch(/; HttpOnly; Secure; SameSite=Strict$/u)
})

test('a proxy is believed only when it runs on this machine', async () => {
  const reply = await app.app.inject({
    method: 'POST',
    url: '/api/session',
    remoteAddress: '10.0.0.7',
    payload: { workNo: '10086', password: PASSWORD },
    headers: { 'x-forwarded-proto': 'https' },
  })
  expect(reply.statusCode).toBe(201)
  expect(reply.headers['set-cookie']!.toString()).not.toContain('Secure')
})

test('a page of another site cannot sign anyone in', async () => {
  const reply = await signIn({ persona: 'agent' }, { origin: 'https://evil.example' })
  expect(reply.json()).toMatchObject({ status: 403, code: 'request.wrong_origin' })
})
