import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CODES } from '#server/contract/codes.ts'
import { makeApp, type TestApp } from '../support/app.ts'
import { routesOf } from '../support/routes.ts'

const SERVER = fileURLToPath(new URL('../../server', import.meta.url))
const read = (path: string) => readFileSync(join(SERVER, path), 'utf8')

let app: TestApp
beforeAll(async () => {
  app = await makeApp()
})
afterAll(() => app.close())

test('every route is in the map of the contract, and nothing else is', () => {
  const promised = Array.from(
    ['api', 'loop', 'script-api']
      .map(name => read(`contract/${name}.ts`))
      .join('\n')
      .matchAll(/^ {2}'([A-Z]+ \/\S*)':/gmu),
    ([, route]) => route,
  )
  expect(promised.length).toBeGreaterThan(20)
  expect(routesOf(app.app).filter(route => route.includes(' /api/'))).toEqual(promised.toSorted())
})

test('every route but the description itself is described by OpenAPI', () => {
  const { paths = {} } = app.app.swagger()
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods ?? {}).map(method => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/gu, ':$1')}`),
  )
  const registered = routesOf(app.app).filter(
    route => route.includes(' /api/') && !route.endsWith('openapi.json'),
  )
  expect(described.toSorted()).toEqual(registered)
})

test('every route says what it answers, and that it may refuse', () => {
  for (const [path, methods] of Object.entries(app.app.swagger().paths ?? {}))
    for (const [method, operation] of Object.entries(methods ?? {})) {
      const replies = Object.keys((operation as { responses: object }).responses)
      expect(replies, `${method} ${path}`).toEqual([expect.stringMatching(/^20[014]$/u), 'default'])
    }
})

test('every code is given by something', () => {
  const files = readdirSync(SERVER, { recursive: true, encoding: 'utf8' })
  const code = files
    .filter(path => path.endsWith('.ts') && path !== join('contract', 'codes.ts'))
    .map(path => read(path).replace(/recordAudit\([^)]*\)/gu, ''))
    .join('\n')
  expect(Object.keys(CODES).filter(name => !code.includes(`'${name}'`))).toEqual([])
})

test('the contract imports nothing but typebox and itself', () => {
  for (const path of readdirSync(join(SERVER, 'contract')).filter(name => name.endsWith('.ts'))) {
    const imported = Array.from(read(join('contract', path)).matchAll(/from '([^']+)'/gu), ([, name]) => name)
    for (const name of imported) expect(name).toMatch(/^(?:typebox|\.\/[a-z-]+\.ts)$/u)
  }
})
