import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { CONFIG_KEYS } from '#server/config.ts'
import { CODES } from '#server/contract/codes.ts'
import { FCR_FIGURES, LOOP_FIGURES } from '#server/contract/insight.ts'
import { apiDescription, SNAPSHOT } from '../tools/openapi.ts'

const root = dirname(import.meta.dirname)
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const packageFile = JSON.parse(read('package.json')) as Record<
  'scripts' | 'dependencies',
  Record<string, string>
>

/** The first column of each table row whose first cell is code, such as `PORT`. */
const firstCells = (markdown: string): string[] =>
  [...markdown.matchAll(/^\| `([^`]+)`/gmu)].map(match => match[1] as string)

/** Both lists sorted, so that a difference shows what is undocumented and what does not exist. */
function expectSame(documented: readonly string[], existing: readonly string[]): void {
  expect(documented.toSorted()).toEqual(existing.toSorted())
}

function section(markdown: string, heading: string): string {
  return markdown.split(/^## /mu).find(part => part.startsWith(heading)) ?? ''
}

const folders = (path: string) =>
  readdirSync(join(root, path), { withFileTypes: true })
    .filter(entry => entry.isDirectory() && entry.name !== 'dist')
    .map(entry => `${path}/${entry.name}`)

const named = (path: string) =>
  [...read(path).matchAll(/npm (?:run )?([a-z][a-z-]*)/gu)].map(match => match[1] as string)

const levels = (markdown: string) => [...markdown.matchAll(/^(#+) /gmu)].map(match => match[1])

const blocks = (markdown: string) =>
  [...markdown.matchAll(/^( *```\w*|\d\.|\|---)/gmu)].map(match => match[1])

describe('each folder has a README', () => {
  const expected = [...folders('server'), ...folders('server/platform'), ...folders('web')].concat(
    'content',
    'tools',
    'bench',
    'test',
    'docs',
    'docs/decisions',
  )
  it.each(expected)('%s', folder => {
    expect(existsSync(join(root, folder, 'README.md')), `${folder}/README.md is missing`).toBe(true)
  })
})

describe('configuration', () => {
  it.each([
    ['README.md', 'Configuration'],
    ['README.zh-CN.md', '配置'],
  ])('%s lists every variable the service reads, and no other', (path, heading) => {
    expectSame(firstCells(section(read(path), heading)), CONFIG_KEYS)
  })
})

describe('error codes', () => {
  it('docs/errors.md lists every code with its status, and no other', () => {
    const rows = [...read('docs/errors.md').matchAll(/^\| `([^`]+)` \| (\d+) /gmu)]
    expect(Object.fromEntries(rows.map(([, code, status]) => [code, Number(status)]))).toEqual(CODES)
  })
})

describe('figures', () => {
  it('docs/figures.md defines every figure the service gives, and no other', () => {
    expectSame(firstCells(read('docs/figures.md')), [...FCR_FIGURES, ...LOOP_FIGURES])
  })
})

describe('commands', () => {
  const documents = [
    'README.md',
    'README.zh-CN.md',
    'CONTRIBUTING.md',
    ...globSync('{server,web,content,tools,bench,test,docs}/**/*.md', {
      cwd: root,
      exclude: ['content/entries/**'],
    }),
  ]

  it('CONTRIBUTING.md or README.md names every npm script', () => {
    const known = new Set([...named('README.md'), ...named('CONTRIBUTING.md')])
    expect(Object.keys(packageFile.scripts).filter(script => !known.has(script))).toEqual([])
  })

  it.each(documents)('%s names only npm scripts that exist', path => {
    const invented = [...read(path).matchAll(/npm run ([a-z][a-z-]*)/gu)].map(match => match[1] as string)
    expect(invented.filter(script => !(script in packageFile.scripts))).toEqual([])
  })

  it.each(documents)('%s names only files that exist', path => {
    expect(namedFiles(read(path)).filter(file => !isThere(file, dirname(path)))).toEqual([])
  })
})

/** Links, and code that begins like a path of the project; without glob characters and placeholders. */
function namedFiles(markdown: string): string[] {
  const prose = markdown.replaceAll(/^```[\s\S]*?^```/gmu, '').replaceAll(/^ {4}.*$/gmu, '')
  const links = [...prose.matchAll(/\]\((?!https?:|entry:|#)([^)#\s]+)/gu)]
  const paths = [
    ...prose.matchAll(/(?<![\w/@.-])((?:server|web|content|tools|bench|test|docs|scripts)\/[\w@./-]*\w)/gu),
  ]
  return [...links, ...paths].map(match => match[1] as string)
}

/** Build results are named but not kept. */
const isThere = (file: string, folder: string): boolean =>
  file.startsWith('web/dist') || existsSync(join(root, file)) || existsSync(join(root, folder, file))

describe('runtime dependencies', () => {
  it('docs/decisions/0006-runtime-dependencies.md has a line for each, and for no other', () => {
    expectSame(
      firstCells(read('docs/decisions/0006-runtime-dependencies.md')),
      Object.keys(packageFile.dependencies),
    )
  })
})

describe('decisions', () => {
  const records = globSync('docs/decisions/[0-9]*.md', { cwd: root }).toSorted()
  it('are listed, numbered without a gap', () => {
    const listed = [...read('docs/decisions/README.md').matchAll(/\]\((\d{4}-[^)]+)\)/gu)].map(
      match => match[1],
    )
    expect(listed).toEqual(records.map(record => record.split(/[/\\]/u).at(-1)))
    expect(records.map(record => Number(/(\d{4})-/u.exec(record)?.[1]))).toEqual(
      records.map((_, index) => index + 1),
    )
  })

  it.each(records)('%s has the five parts and fits a page', record => {
    const text = read(record)
    expect(text).toMatch(/^# \d{4} .+\n\nDate: \d{4}-\d\d-\d\d\nStatus: .+\n/u)
    expect([...text.matchAll(/^## (.+)$/gmu)].map(match => match[1])).toEqual([
      'Context',
      'Decision',
      'Consequences',
    ])
    expect(text.split('\n').length).toBeLessThanOrEqual(65)
  })
})

describe('the two READMEs', () => {
  it('have the same structure', () => {
    const [english, chinese] = [read('README.md'), read('README.zh-CN.md')]
    expect(levels(chinese)).toEqual(levels(english))
    expect(blocks(chinese)).toEqual(blocks(english))
  })
})

describe('the API', () => {
  let description: string
  beforeAll(async () => {
    description = await apiDescription()
  })

  it('docs/openapi.json is what the app says of itself (npm run openapi writes it anew)', () => {
    expect(JSON.parse(readFileSync(SNAPSHOT, 'utf8'))).toEqual(JSON.parse(description))
  })

  it('docs/api.md lists every route, and no other', () => {
    const { paths } = JSON.parse(description) as { paths: Record<string, object> }
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map(method => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/gu, ':$1')}`),
    )
    expectSame(firstCells(read('docs/api.md')), [...routes, 'GET /api/openapi.json'])
  })
})
