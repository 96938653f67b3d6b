import { execFileSync } from 'node:child_process'
import { dirname } from 'node:path'
import { expect, it } from 'vitest'
import { offencesOf, unlistedParts } from '../tools/boundaries.ts'

const root = dirname(import.meta.dirname)

/** What is said against one import in one file; undefined when it is allowed. */
function against(path: string, specifier: string): string | undefined {
  return offencesOf(path, `import { x } from '${specifier}'\n`)[0]?.reason
}

it('the tree is clean', () => {
  expect(() =>
    execFileSync(process.execPath, ['tools/check-boundaries.ts'], { cwd: root, encoding: 'utf8' }),
  ).not.toThrow()
})

it.each([
  ['server/people/commands.ts', '#server/entries/index.ts', 'people may not import entries'],
  ['server/entries/queries.ts', '../calls/index.ts', 'entries may not import calls'],
  [
    'server/entries/queries.ts',
    '#server/people/tables.ts',
    'people is imported only through server/people/index.ts',
  ],
  ['server/calls/commands.ts', '#server/search/index.ts', 'calls may not import search'],
  ['server/starter.ts', './search/index.ts', 'only app.ts and main.ts import search/'],
  ['server/health.ts', './search/words.ts', 'only app.ts and main.ts import search/'],
  ['server/platform/http/server.ts', '#server/people/index.ts', 'platform may not import people'],
  ['server/contract/entry.ts', '../platform/text/fold.ts', 'contract may not import platform'],
  ['server/contract/entry.ts', 'fastify', 'contract imports typebox only, not fastify'],
  ['server/contract/entry.ts', '../config.ts', 'contract may not import server/config.ts'],
  ['server/entries/routes.ts', '../app.ts', 'entries may not import the wiring (server/app.ts)'],
  ['server/entries/rules.ts', 'drizzle-orm', 'rules.ts is pure and may not import drizzle-orm'],
  ['server/entries/rules.ts', '@fastify/cookie', 'rules.ts is pure and may not import @fastify/cookie'],
  [
    'server/entries/rules.ts',
    '#server/platform/kernel/clock.ts',
    'rules.ts is pure and may not import server/platform/kernel/clock.ts',
  ],
  ['server/app.ts', '../web/main.ts', 'server/ may not import web/main.ts'],
  ['web/desk/Desk.vue', '../entries/list.ts', 'web/desk may not import web/entries/list.ts'],
  ['web/desk/search.ts', '../app/session.ts', 'web/desk may not import web/app/session.ts'],
  ['web/ui/Dialog.vue', '../api/index.ts', 'web/ui may not import web/api/index.ts'],
  ['web/reading/EntryText.vue', '../desk/commands.ts', 'web/reading may not import web/desk/commands.ts'],
  ['web/api/client.ts', '../reading/text.ts', 'web/api may not import web/reading/text.ts'],
  ['web/desk/search.ts', '#server/search/index.ts', 'the page imports only contract from the server'],
  ['tools/import.ts', '#server/people/commands.ts', 'people is imported only through server/people/index.ts'],
])('%s may not import %s', (path, specifier, reason) => {
  const source = path.endsWith('.vue')
    ? `<script setup lang="ts">\nimport x from '${specifier}'\n</script>`
    : undefined
  const found = source ? offencesOf(path, source)[0]?.reason : against(path, specifier)
  expect(found).toBe(reason)
})

it.each([
  ['server/entries/commands.ts', '#server/sources/index.ts'],
  ['server/entries/commands.ts', './rules.ts'],
  ['server/entries/routes.ts', '#server/deps.ts'],
  ['server/entries/rules.ts', '#server/platform/kernel/refusal.ts'],
  ['server/search/queries.ts', '#server/entries/index.ts'],
  ['server/app.ts', './search/index.ts'],
  ['server/contract/entry.ts', 'typebox'],
  ['server/platform/db/db.ts', 'better-sqlite3'],
  ['web/app/App.vue', '../desk/Desk.vue'],
  ['web/desk/search.ts', '../api/index.ts'],
  ['web/desk/EntryPage.vue', '../reading/EntryText.vue'],
  ['web/api/complain.ts', '../ui/toasts.ts'],
  ['web/desk/search.ts', '#server/contract/search.ts'],
])('%s may import %s', (path, specifier) => {
  expect(against(path, specifier)).toBeUndefined()
})

it('sees types, re-exports, dynamic imports and imports over several lines, each with its line', () => {
  const source = [
    "import type { Entry } from '#server/entries/index.ts'",
    "export * from '#server/calls/index.ts'",
    'export async function later() {',
    "  return import('#server/notices/index.ts')",
    '}',
    'import {',
    '  a,',
    "} from '#server/scripts/index.ts'",
  ].join('\n')
  const found = offencesOf('server/people/commands.ts', source)
  expect(found.map(offence => offence.reason.split(' ').at(-1))).toEqual([
    'entries',
    'calls',
    'notices',
    'scripts',
  ])
  expect(found.map(offence => offence.line)).toEqual([1, 2, 4, 8])
})

it('keeps the line of an import in a component, and reads only its scripts', () => {
  const source =
    "<template>\n  <p>import x from '../entries/a.ts'</p>\n</template>\n<script setup lang=\"ts\">\nimport b from '../entries/b.ts'\n</script>\n"
  expect(offencesOf('web/desk/Desk.vue', source)).toEqual([
    { path: 'web/desk/Desk.vue', line: 5, reason: 'web/desk may not import web/entries/b.ts' },
  ])
})

it('names a folder of server/ that no rule covers', () => {
  expect(unlistedParts(['server/app.ts', 'server/people/index.ts', 'server/billing/index.ts'])).toEqual([
    'billing',
  ])
})
