import { isUtf8 } from 'node:buffer'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Type, type Static, type TSchema } from 'typebox'
import { oneOf, Slug } from './contract/shapes.ts'
import { CATEGORIES } from './contract/lists.ts'
import { DepartmentNames } from './contract/person.ts'
import { importEntry, parseEntryFile, type EntryFile, type Register } from './entries/index.ts'
import { checkedScriptFile, entryOfGuideFile, readLexicons } from './scripts/index.ts'
import { departments as knownDepartments, putDepartment } from './people/index.ts'
import type { Tx } from './platform/db/db.ts'
import { recordAudit } from './platform/kernel/records.ts'
import { parseYaml, type Fault, type Parsed } from './platform/yaml/parse.ts'
import { importSources, sourceIdsByKey, SourceLine } from './sources/index.ts'

/** The folder of the starter content that comes with the service. */
export const CONTENT = fileURLToPath(new URL('../content', import.meta.url))
/** The folder of the call scripts and of the guides of their steps that come with it. */
export const SCRIPTS = fileURLToPath(new URL('../scripts', import.meta.url))

export interface ImportReport {
  created: number
  updated: number
  unchanged: number
  /** Each fault as `path:line: reason`. */
  faults: string[]
}

const CLOSED = { additionalProperties: false }
const Departments = Type.Array(Type.Object({ slug: Slug, ...DepartmentNames.properties }, CLOSED), {
  minItems: 1,
})
const Sources = Type.Record(Type.String({ pattern: '^[a-z0-9-]{1,60}$' }), SourceLine, CLOSED)
const Topics = Type.Record(
  Type.String({ pattern: '^.{1,40}$' }),
  Type.Object({ category: oneOf(CATEGORIES), ownerDepartment: Slug }, CLOSED),
  CLOSED,
)

/**
 * Imports a content folder: departments, the register of sources, then each entry file. Idempotent. A file with a
 * fault is reported and nothing of it is taken over; the other files are. A folder or register that is missing or
 * malformed is reported alone, since nothing can be checked without it. Call scripts and step guides come last, since
 * they quote the entries: they are in its folder scripts/, those that come with the service beside its own.
 */
export function importContent(tx: Tx, now: number, folder: string): ImportReport {
  const report: ImportReport = { created: 0, updated: 0, unchanged: 0, faults: [] }
  const register = importRegister(tx, now, folder, report)
  if (!register) return report
  const seen = new Map<string, string>()
  const take = (path: string, how: Reading) => {
    const key = `${how.prefix}${basename(path, '.md')}`
    const outcome = takenBefore(seen, key, path) ?? importFile(tx, now, key, path, register, how.read)
    if (typeof outcome === 'string') report[outcome]++
    else report.faults.push(...outcome.map(fault => located(path, fault)))
  }
  for (const path of markdownFiles(join(folder, 'entries'))) take(path, { prefix: '', read: parseEntryFile })
  const scripts = folder === CONTENT ? SCRIPTS : join(folder, 'scripts')
  for (const path of markdownFiles(join(scripts, 'steps')))
    take(path, { prefix: 'step-', read: entryOfGuideFile })
  const lexicons = readLexicons()
  const read = (text: string) => checkedScriptFile(tx, now, lexicons, text)
  for (const path of markdownFiles(join(scripts, 'starters'))) take(path, { prefix: 'script-', read })
  return report
}

/** How the text of a file becomes an entry, and what its key begins with. */
type Reading = { prefix: string; read: (text: string) => EntryFile | Fault[] }

function importRegister(tx: Tx, now: number, folder: string, report: ImportReport): Register | undefined {
  const departments = readYaml(join(folder, 'departments.yaml'), Departments, report)
  const sources = readYaml(join(folder, 'sources.yaml'), Sources, report)
  const topics = readYaml(join(folder, 'topics.yaml'), Topics, report)
  if (!existsSync(join(folder, 'entries')))
    report.faults.push(`${shown(join(folder, 'entries'))}:0: the folder is missing`)
  if (!departments || !sources || !topics || report.faults.length > 0) return undefined
  const slugs = new Set(departments.value.map(one => one.slug))
  refuseUnknown(join(folder, 'sources.yaml'), sources, 'supersededBy', Object.keys(sources.value), report)
  refuseUnknown(join(folder, 'topics.yaml'), topics, 'ownerDepartment', [...slugs], report)
  if (report.faults.length > 0) return undefined
  addDepartments(tx, departments.value)
  importSources(tx, new Map(Object.entries(sources.value)))
  const after = { departments: departments.value, sources: sources.value, topics: topics.value }
  recordAudit(tx, now, null, 'content.imported', 'content', { after })
  return { sources: sourceIdsByKey(tx), topics: new Set(Object.keys(topics.value)), departments: slugs }
}

/** Adds what is missing. A department that is there keeps its names: an admin may have changed them. */
function addDepartments(tx: Tx, departments: Static<typeof Departments>): void {
  const known = new Set(knownDepartments(tx).map(one => one.slug))
  for (const { slug, ...names } of departments) if (!known.has(slug)) putDepartment(tx, slug, names)
}

/** Reports each record whose `field` names something that is not among `known`. */
function refuseUnknown<T extends Record<string, { [K in F]?: string }>, F extends string>(
  path: string,
  { value, lineOf }: ReadYaml<T>,
  field: F,
  known: readonly string[],
  report: ImportReport,
): void {
  for (const [key, record] of Object.entries(value)) {
    const name = record[field]
    if (name === undefined || known.includes(name)) continue
    const fault = { line: lineOf(`${key}/${field}`), reason: `${field} ${name} is nowhere` }
    report.faults.push(located(path, fault))
  }
}

/** A fault when another file has the same name, and so the same key. */
function takenBefore(seen: Map<string, string>, key: string, path: string): Fault[] | undefined {
  const first = seen.get(key)
  if (first === undefined) seen.set(key, path)
  return first === undefined ? undefined : [{ line: 0, reason: `the key is taken by ${shown(first)}` }]
}

function importFile(
  tx: Tx,
  now: number,
  key: string,
  path: string,
  register: Register,
  read: Reading['read'],
) {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/u.test(key))
    return [{ line: 0, reason: 'the file name must be lower-case words and hyphens' }]
  const text = readText(path)
  const parsed = text === undefined ? [NOT_UTF8] : read(text)
  return Array.isArray(parsed) ? parsed : importEntry(tx, now, key, parsed, register)
}

type ReadYaml<T> = Exclude<Parsed<T>, { faults: Fault[] }>

function readYaml<T extends TSchema>(
  path: string,
  schema: T,
  report: ImportReport,
): ReadYaml<Static<T>> | undefined {
  if (!existsSync(path)) {
    report.faults.push(`${shown(path)}:0: the file is missing`)
    return undefined
  }
  const text = readText(path)
  const parsed = text === undefined ? { faults: [NOT_UTF8] } : parseYaml(text, schema)
  if ('value' in parsed) return parsed
  report.faults.push(...parsed.faults.map(fault => located(path, fault)))
  return undefined
}

const NOT_UTF8: Fault = { line: 1, reason: 'the file is not UTF-8' }

/** The text of a file, or undefined when it is written in another encoding, such as GBK. */
function readText(path: string): string | undefined {
  const bytes = readFileSync(path)
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined
}

/** All Markdown files below, in a fixed order. */
function markdownFiles(folder: string): string[] {
  if (!existsSync(folder)) return []
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  const entries = files.filter(
    file => file.isFile() && file.name.endsWith('.md') && file.name !== 'README.md',
  )
  return entries.map(file => join(file.parentPath, file.name)).toSorted()
}

const shown = (path: string): string => relative(process.cwd(), path) || path
const located = (path: string, { line, reason }: Fault): string => `${shown(path)}:${line}: ${reason}`
