import { Ajv, type ErrorObject } from 'ajv'
import formats from 'ajv-formats'
import type { Static, TSchema } from 'typebox'
import { LineCounter, isNode, parseDocument, visit, type Document } from 'yaml'

/** What is wrong with a file, and in which of its lines (from 1). */
export interface Fault {
  line: number
  reason: string
}

/** `lineOf` tells in which line a top-level field stands, for faults found later. */
export type Parsed<T> = { value: T; lineOf: (field: string) => number } | { faults: Fault[] }

const ajv = new Ajv({ allErrors: true, strict: false })
formats.default(ajv, ['date', 'date-time'])

/** Reads YAML of the shape `schema`; `firstLine` is the file's line in which `text` begins. Never throws for bad text. */
export function parseYaml<T extends TSchema>(text: string, schema: T, firstLine = 1): Parsed<Static<T>> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  const lineAt = (offset: number) => lines.linePos(offset).line + firstLine - 1
  if (document.errors.length > 0) {
    return { faults: document.errors.map(error => ({ line: lineAt(error.pos[0]), reason: error.message })) }
  }
  const alias = firstAlias(document)
  if (alias !== undefined)
    return { faults: [{ line: lineAt(alias), reason: 'an alias (*name) is not taken: write it out' }] }
  const value: unknown = document.toJS()
  const lineOf = (path: string) => lineAt(offsetOf(document, path.split('/').filter(Boolean)))
  const valid = ajv.compile(schema)
  if (valid(value)) return { value: value as Static<T>, lineOf }
  return {
    faults: (valid.errors ?? []).map(error => ({
      line: lineOf(`${error.instancePath}/${error.params.additionalProperty ?? ''}`),
      reason: reasonOf(error),
    })),
  }
}

/** The offset of the first alias: a few of them can stand for more than fits in memory, or for themselves. */
function firstAlias(document: Document): number | undefined {
  let offset: number | undefined
  visit(document, {
    Alias: (_key, { range }) => {
      offset = range?.[0] ?? 0
      return visit.BREAK
    },
  })
  return offset
}

/** The offset of the node at `path`, or of the nearest one above it that is there. */
function offsetOf(document: Document, path: string[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return 0
}

function reasonOf({ instancePath, message, params }: ErrorObject): string {
  const field = instancePath.slice(1).replaceAll('/', '.') || 'the file'
  const detail = params.allowedValues ? `: ${(params.allowedValues as unknown[]).join(', ')}` : ''
  const extra = params.additionalProperty ? ` (${params.additionalProperty})` : ''
  return `${field} ${message ?? 'is invalid'}${detail}${extra}`
}
