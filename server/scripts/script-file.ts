import { createHash } from 'node:crypto'
import { Type, type Static } from 'typebox'
import type { ScriptText } from '#server/contract/script.ts'
import { FILE_HEAD } from '#server/entries/index.ts'
import type { Fault } from '#server/platform/yaml/parse.ts'
import { HEAD, readParts, textFrom } from './read-body.ts'
import { frontMatter, headOf, writeSteps } from './write-body.ts'

const FileHead = Type.Object(
  {
    ...FILE_HEAD,
    ...HEAD,
    title: Type.String({ minLength: 1, maxLength: 120 }),
    scenario: Type.String({ minLength: 1, maxLength: 200 }),
    channel: Type.String({ minLength: 1, maxLength: 20 }),
  },
  { additionalProperties: false },
)

/** The fields of the entry a script is; `basis` names sources by their keys, days are YYYY-MM-DD. */
export type ScriptFileFields = Omit<Static<typeof FileHead>, keyof typeof HEAD>

/** A script as its file says it. */
export type ScriptFile = ScriptFileFields & { script: ScriptText }

/** What is known of a file that was read: where its fields stand, for faults found later, and a hash of the whole. */
export type ReadScriptFile = ScriptFile & { hash: string; lineOf: (field: string) => number }

/** The order of the fields in a file; the head of the script comes after them. */
const ORDER = [
  'title',
  'category',
  'topic',
  'ownerDepartment',
  'similarQuestions',
  'tags',
  'scope',
  'basis',
  'labels',
  'validFrom',
  'validUntil',
  'verifyBy',
] as const satisfies readonly (keyof ScriptFileFields)[]

/** Reads one script file. Returns its faults, each with the line it stands in, instead of throwing. */
export function readScriptFile(markdown: string): ReadScriptFile | Fault[] {
  const read = readParts(markdown, FileHead)
  if (Array.isArray(read)) return read
  const { class: scriptClass, scenario, channel, profile, reasons, ...fields } = read.head
  const { validFrom, validUntil } = fields
  const blank = (['title', 'scenario', 'channel'] as const).filter(name => !read.head[name].trim())
  if (blank.length > 0) return blank.map(name => ({ line: read.lineOf(name), reason: `${name} is empty` }))
  if (validFrom !== undefined && validUntil !== undefined && validUntil < validFrom)
    return [{ line: read.lineOf('validUntil'), reason: 'validUntil is before validFrom' }]
  const script = textFrom({ class: scriptClass, scenario, channel, profile, reasons }, read)
  if (Array.isArray(script)) return script
  const hash = createHash('sha256').update(markdown).digest('hex')
  return { ...fields, script, hash, lineOf: read.lineOf }
}

/** A script as a file: its fields in their order, those that are empty left out, then its steps. */
export function writeScriptFile(file: ScriptFile): string {
  const fields = Object.fromEntries(
    ORDER.map(name => [name, file[name]]).filter(([, value]) => !isEmpty(value)),
  )
  const head = frontMatter({ ...fields, ...headOf(file.script) })
  return [head, writeSteps(file.script.steps)].filter(Boolean).join('\n')
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
