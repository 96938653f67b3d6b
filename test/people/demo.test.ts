import { expect, onTestFinished, test } from 'vitest'
import { putDepartment, endDemo } from '#server/people/index.ts'
import { write } from '#server/platform/db/db.ts'
import { makeApp, type AppOptions } from '../support/app.ts'

async function demoApp(options?: AppOptions) {
  const app = await makeApp(options)
  onTestFinished(app.close)
  return app
}

const persona = (headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') =>
  ({ method: 'POST', url: '/api/session', payload: { persona: 'agent' }, headers, remoteAddress }) as const

test('every role has a persona; experts and reviewers one a department, market when none is named', async () => {
  const app = await demoApp()
  for (const role of ['agent', 'chair', 'supervisor', 'admin'] as const) {
    const { person } = (await (await app.signIn(role)).get('/api/session')).json()
    expect(person).toMatchObject({ roles: [role], department: 'service' })
  }
  for (const role of ['expert', 'reviewer'] as const) {
    for (const department of [undefined, 'market', 'planning', 'operations', 'safety', 'service']) {
      const { person } = (await (await app.signIn(role, department)).get('/api/session')).json()
      expect(person).toMatchObject({ roles: [role], department: department ?? 'market' })
    }
  }
})

test('a persona of a department that has none is not found', async () => {
  const app = await demoApp()
  const payload = { persona: 'expert', department: 'finance' }
  const reply = await app.inject({ method: 'POST', url: '/api/session', payload })
  expect(reply.json()).toMatchObject({ status: 404, code: 'person.not_found' })
})

test('the sign-in page learns of the personas before anyone signed in', async () => {
  const app = await demoApp()
  const welcome = (await app.inject('/api/welcome')).json()
  expect(welcome).toEqual({
    demo: true,
    personas: ['agent', 'expert', 'reviewer', 'chair', 'supervisor', 'admin'],
    departments: [
      { slug: 'planning', name: '计划建设', nameEn: 'Planning' },
      { slug: 'operations', name: '生产运行', nameEn: 'Operations' },
      { slug: 'safety', name: '安全管理', nameEn: 'Safety' },
      { slug: 'market', name: '市场营销', nameEn: 'Marketing' },
      { slug: 'service', name: '客户服务', nameEn: 'Customer service' },
    ],
  })
})

test.each([
  ['by address', { host: '127.0.0.1:3000' }, '127.0.0.1', true],
  ['by name', { host: 'localhost:3000' }, '127.0.0.1', true],
  ['over IPv6', { host: '[::1]:3000' }, '::1', true],
  ['mapped into IPv6', { host: 'localhost:3000' }, '::ffff:127.0.0.1', true],
  ['by a name that was rebound to this machine', { host: 'evil.example' }, '127.0.0.1', false],
  ['by a name that begins like an address', { host: '127.0.0.1.evil.example' }, '127.0.0.1', false],
  ['from another machine', { host: 'localhost:3000' }, '10.0.0.7', false],
  [
    'through a proxy on this machine',
    { host: 'localhost', 'x-forwarded-for': '10.0.0.7' },
    '127.0.0.1',
    false,
  ],
  [
    'from another machine that lies about it',
    { host: 'localhost', 'x-forwarded-for': '127.0.0.1' },
    '10.0.0.7',
    false,
  ],
])('asked %s', async (_, headers, remoteAddress, isOffered) => {
  const app = await demoApp()
  const welcome = (await app.inject({ url: '/api/welcome', headers, remoteAddress })).json()
  expect(welcome.demo).toBe(isOffered)
  const reply = await app.inject(persona(headers, remoteAddress))
  expect(reply.statusCode).toBe(isOffered ? 201 : 403)
  if (!isOffered) expect(reply.json()).toMatchObject({ code: 'session.demo_off' })
})

test.each([
  ['DEMO is off', { config: { demo: 'off' } }],
  ['HOST can be reached from elsewhere', { config: { host: '0.0.0.0' } }],
  ['the database did not begin as a demo', { isReal: true, config: { demo: 'on' } }],
] satisfies [string, AppOptions][])('nobody signs in as a persona when %s', async (_, options) => {
  const app = await demoApp(options)
  expect((await app.inject(persona())).json()).toMatchObject({ status: 403, code: 'session.demo_off' })
  expect((await app.inject('/api/welcome')).json()).toEqual({ demo: false, personas: [], departments: [] })
})

test('a real set-up ends the demo for good', async () => {
  const app = await demoApp({ config: { demo: 'on' } })
  write(app.db, tx => endDemo(tx))
  expect((await app.inject(persona())).json()).toMatchObject({ code: 'session.demo_off' })
  expect((await app.inject('/api/welcome')).json()).toMatchObject({ demo: false })
})

test('a session says whether this is a demo, for the banner', async () => {
  const app = await demoApp()
  const agent = await app.signIn('agent')
  expect((await agent.get('/api/session')).json()).toMatchObject({ demo: true })
  write(app.db, tx => {
    endDemo(tx)
    putDepartment(tx, 'service', { name: '客户服务', nameEn: 'Customer service' })
  })
  expect((await agent.get('/api/session')).json()).toMatchObject({ demo: false })
})
