import { posix } from 'node:path'
import ts from 'typescript'

/** An import that goes against the rules: `path:line`, and why. */
export interface Offence {
  path: string
  line: number
  reason: string
}

interface Import {
  specifier: string
  line: number
}

/**
 * The one direction of imports in server/: what each part may import beside itself. A feature also imports contract,
 * platform and the wiring's types. This list is the architecture; changing it takes a decision record.
 */
export const ALLOWED: Record<string, readonly string[]> = {
  contract: [],
  platform: ['contract'],
  people: [],
  sources: ['people'],
  entries: ['people', 'sources'],
  notices: ['people', 'entries'],
  scripts: ['people', 'entries', 'sources'],
  reviews: ['people', 'sources', 'entries', 'scripts', 'notices'],
  calls: ['people', 'entries', 'scripts', 'notices'],
  questions: ['people', 'sources', 'entries', 'reviews', 'calls'],
  upkeep: ['people', 'sources', 'entries', 'scripts', 'calls'],
  search: ['people', 'entries', 'scripts', 'notices', 'calls', 'reviews'],
  audit: ['people'],
  notifications: ['people', 'sources', 'entries', 'notices', 'reviews', 'questions'],
  insights: ['people', 'sources', 'entries', 'notices', 'scripts', 'reviews', 'calls', 'questions', 'search'],
}

/** What each folder of web/ may import beside itself and styles. A screen is every folder that is not named here. */
export const ALLOWED_WEB: Record<string, readonly string[]> = {
  ui: [],
  styles: [],
  api: ['ui'],
  reading: ['ui', 'api'],
  drafts: ['ui', 'api', 'reading'],
}
const SCREEN = ['ui', 'api', 'reading', 'drafts']

const LAYERS = ['contract', 'platform']
/** server/ files that hand the service's parts to the features. */
const FOR_FEATURES = ['server/deps.ts', 'server/config.ts']
/** app.ts registers its routes, main.ts opens the engine with its fields; to everything else search is a leaf. */
const KNOW_SEARCH = ['server/app.ts', 'server/main.ts']
const PURE = /^(drizzle-orm|better-sqlite3|fastify|@fastify\/.*)$|platform\/(db|http)\/|kernel\/clock\.ts$/u

/**
 * The offences of one file. `path` is relative to the root with forward slashes, `source` its text (of a .vue file the
 * whole component). Only imports count, types among them.
 */
export function offencesOf(path: string, source: string): Offence[] {
  return importsOf(path, source).flatMap(({ specifier, line }) => {
    const target = resolveImport(path, specifier)
    const reason = reasonAgainst(path, target)
    return reason ? [{ path, line, reason }] : []
  })
}

function importsOf(path: string, source: string): Import[] {
  const code = path.endsWith('.vue') ? scriptsOnly(source) : source
  const { importedFiles } = ts.preProcessFile(code, true, true)
  return importedFiles.map(({ fileName, pos }) => ({
    specifier: fileName,
    line: code.slice(0, pos).split('\n').length,
  }))
}

const blank = (text: string): string => text.replaceAll(/[^\n]/gu, ' ')

/** A component's scripts, everything else blanked so that the lines keep their numbers. */
function scriptsOnly(source: string): string {
  return source
    .split(/(<script\b[^>]*>[\s\S]*?<\/script>)/u)
    .map(part => (part.startsWith('<script') ? part.replaceAll(/<\/?script[^>]*>/gu, blank) : blank(part)))
    .join('')
}

/** The imported file relative to the root, or the package's name as it stands. */
function resolveImport(from: string, specifier: string): string {
  if (specifier.startsWith('#server/')) return specifier.slice(1)
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier)
  return specifier
}

function reasonAgainst(from: string, target: string): string | undefined {
  if (from.startsWith('server/')) return againstServer(from, target)
  if (from.startsWith('web/')) return againstWeb(from, target)
  return target.startsWith('server/') ? againstFace(target) : undefined
}

function againstServer(from: string, target: string): string | undefined {
  const own = partOf(from)
  if (from.endsWith('/rules.ts') && PURE.test(target)) return `rules.ts is pure and may not import ${target}`
  if (own === 'contract' && !inTree(target))
    return target === 'typebox' ? undefined : `contract imports typebox only, not ${target}`
  if (!inTree(target)) return undefined
  if (!target.startsWith('server/')) return `server/ may not import ${target}`
  if (own === undefined) return againstWiring(from, target)
  const part = partOf(target)
  if (part === own) return undefined
  if (part === undefined) return againstTopLevel(own, target)
  return allowed(own).includes(part) ? againstFace(target) : `${own} may not import ${part}`
}

function allowed(part: string): readonly string[] {
  const listed = ALLOWED[part] ?? []
  return LAYERS.includes(part) ? listed : [...LAYERS, ...listed]
}

function againstWiring(from: string, target: string): string | undefined {
  if (partOf(target) === 'search' && !KNOW_SEARCH.includes(from))
    return 'only app.ts and main.ts import search/'
  return againstFace(target)
}

function againstTopLevel(own: string, target: string): string | undefined {
  if (own === 'contract') return `contract may not import ${target}`
  return FOR_FEATURES.includes(target) ? undefined : `${own} may not import the wiring (${target})`
}

function againstFace(target: string): string | undefined {
  const part = partOf(target)
  if (part === undefined || LAYERS.includes(part) || target === `server/${part}/index.ts`) return undefined
  return `${part} is imported only through server/${part}/index.ts`
}

function againstWeb(from: string, target: string): string | undefined {
  if (target.startsWith('server/')) {
    return target.startsWith('server/contract/')
      ? undefined
      : 'the page imports only contract from the server'
  }
  if (!target.startsWith('web/')) return inTree(target) ? `the page may not import ${target}` : undefined
  const [own, part] = [folderOf(from), folderOf(target)]
  if (own === undefined || own === 'app' || part === own || part === 'styles') return undefined
  const may = ALLOWED_WEB[own] ?? SCREEN
  return part !== undefined && may.includes(part) ? undefined : `web/${own} may not import ${target}`
}

const inTree = (target: string): boolean =>
  /^(server|web|tools|test|bench|content|scripts|docs)\//u.test(target)

/** The folder under server/ that holds the file; undefined for files of server/ itself. */
const partOf = (path: string): string | undefined => path.match(/^server\/([^/]+)\//u)?.[1]
const folderOf = (path: string): string | undefined => path.match(/^web\/([^/]+)\//u)?.[1]

/** The folders of server/ among `files` for which no rule is written. */
export function unlistedParts(files: readonly string[]): string[] {
  const parts = new Set(files.map(partOf))
  return [...parts].filter(part => part !== undefined && !(part in ALLOWED)) as string[]
}
