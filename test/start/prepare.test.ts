import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ConfigFault, isLoopback, readConfig } from '#server/config.ts'
import { departments, demoIsOn } from '#server/people/index.ts'
import { publishedRevisions } from '#server/entries/index.ts'
import { noticesInForce } from '#server/notices/index.ts'
import { openDb } from '#server/platform/db/db.ts'
import { fillWhenEmpty } from '#server/prepare.ts'
import { NOW } from '../support/app.ts'
import { contentFolder, entryFile } from '../support/content.ts'

const DEMO = { demo: 'default', host: '127.0.0.1' } as const
const FIVE = ['planning', 'operations', 'safety', 'market', 'service']
const register = {
  'departments.yaml': FIVE.map(slug => `- { slug: ${slug}, name: ${slug}, nameEn: ${slug} }\n`).join(''),
}

test('an empty database is filled once', () => {
  const db = openDb(':memory:')
  const folder = contentFolder({ ...register, 'entries/a.md': entryFile() })
  fillWhenEmpty(db, NOW, DEMO, folder)
  rmSync(folder, { recursive: true })
  fillWhenEmpty(db, NOW, DEMO, folder)
  expect(publishedRevisions(db, NOW)).toHaveLength(1)
  expect(noticesInForce(db, NOW).length).toBeGreaterThanOrEqual(12)
  expect(demoIsOn(db, DEMO)).toBe(true)
})

test.each([
  ['a malformed file', { 'entries/b.md': '没有首部' }, /b\.md:1: no front matter/u],
  ['a malformed register', { 'topics.yaml': '{' }, /topics\.yaml:1: /u],
])('%s: every fault in a line of its own, and nothing half done', (_, files, reason) => {
  const db = openDb(':memory:')
  const folder = contentFolder({ ...register, 'entries/a.md': entryFile(), ...files })
  expect(() => fillWhenEmpty(db, NOW, DEMO, folder)).toThrow(reason)
  expect([departments(db), publishedRevisions(db, NOW), noticesInForce(db, NOW)]).toEqual([[], [], []])
  const good = contentFolder({ ...register, 'entries/a.md': entryFile() })
  fillWhenEmpty(db, NOW, DEMO, good)
  expect(publishedRevisions(db, NOW)).toHaveLength(1)
})

test('a missing folder', () => {
  const db = openDb(':memory:')
  const nowhere = join(contentFolder(), 'nowhere')
  expect(() => fillWhenEmpty(db, NOW, DEMO, nowhere)).toThrow(
    /nowhere\/departments\.yaml:0: the file is missing/u,
  )
  expect(departments(db)).toEqual([])
})

test.each([
  ['DEMO is off', { demo: 'off', host: '127.0.0.1' }],
  ['others can reach it', { demo: 'default', host: '10.0.0.1' }],
] as const)('no personas and no invented notices when %s', (_, config) => {
  const db = openDb(':memory:')
  fillWhenEmpty(db, NOW, config, contentFolder({ ...register, 'entries/a.md': entryFile() }))
  expect(noticesInForce(db, NOW)).toEqual([])
  expect(demoIsOn(db, DEMO)).toBe(false)
})

test('the configuration has a default for everything', () => {
  expect(readConfig({})).toMatchObject({
    host: '127.0.0.1',
    port: 3000,
    dataDir: join(process.cwd(), 'data'),
    demo: 'default',
    logLevel: 'info',
    version: expect.stringMatching(/^\d+\.\d+\.\d+/u),
  })
  expect(readConfig({ HOST: 'localhost', PORT: '0', DEMO: 'on' })).toMatchObject({ port: 0, demo: 'on' })
})

test.each(['http://localhost:7700', 'http://[::1]:7700', 'https://search.example.com/meili'])(
  'MEILI_URL=%s is taken',
  url => {
    expect(readConfig({ MEILI_URL: url, MEILI_KEY: 'k' }).meili).toEqual({ url, key: 'k' })
    expect(readConfig({ MEILI_KEY: 'k' }).meili).toBeUndefined()
  },
)

test.each(['-1', '65536', '1.5', 'abc', '0x50', '1e3', ' 80'])('PORT=%s is refused', PORT => {
  expect(() => readConfig({ PORT })).toThrow(ConfigFault)
})

test.each([
  ['127.0.0.1', true],
  ['127.1.2.3', true],
  ['::1', true],
  ['localhost', true],
  ['0.0.0.0', false],
  ['::', false],
  ['127.0.0.1.evil.example', false],
  ['1127.0.0.1', false],
  ['localhost.evil.example', false],
  ['', false],
])('%s is this machine alone: %s', (host, expected) => expect(isLoopback(host)).toBe(expected))
