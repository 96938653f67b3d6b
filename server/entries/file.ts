import { createHash } from 'node:crypto'
import { Type, type Static } from 'typebox'
import { KNOWLEDGE_KINDS, type EntryKind } from '#server/contract/lists.ts'
import { Day, oneOf } from '#server/contract/shapes.ts'
import { MAX_SIMILAR, MIN_SIMILAR } from '#server/contract/writing.ts'
import { parseYaml, type Fault } from '#server/platform/yaml/parse.ts'
import { EntryText } from './rules.ts'

const MAX_BODY = 50_000

/** What the front matter of any file of an entry may hold, whatever its kind; a script has its own body and head. */
export const FILE_HEAD = {
  category: EntryText.category,
  topic: EntryText.topic,
  ownerDepartment: EntryText.ownerDepartment,
  similarQuestions: Type.Array(Type.String({ minLength: 1, maxLength: 120 }), {
    minItems: MIN_SIMILAR,
    maxItems: MAX_SIMILAR,
    uniqueItems: true,
  }),
  basis: Type.Optional(
    Type.Array(
      Type.Object(
        {
          source: Type.String({ minLength: 1, maxLength: 60 }),
          clause: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
        },
        { additionalProperties: false },
      ),
      { maxItems: 20 },
    ),
  ),
  scope: Type.Optional(EntryText.scope),
  tags: Type.Optional(EntryText.tags),
  labels: Type.Optional(EntryText.labels),
  validFrom: Type.Optional(Day),
  validUntil: Type.Optional(Day),
  verifyBy: Type.Optional(Day),
}

const { standardQuestion, say } = EntryText
const FrontMatter = Type.Object(
  { ...FILE_HEAD, kind: oneOf(KNOWLEDGE_KINDS), standardQuestion, say },
  { additionalProperties: false },
)

/** An entry as its file says it: front matter by the shape above, the body in Markdown, a hash of the whole. */
export type EntryFile = Omit<Static<typeof FrontMatter>, 'kind'> & {
  kind: EntryKind
  body: string
  hash: string
  lineOf: (field: string) => number
}

/** Reads one entry file. Returns its faults, each with the line it stands in, instead of throwing. */
export function parseEntryFile(text: string): EntryFile | Fault[] {
  const parts = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/u.exec(text.replace(/^\uFEFF/u, ''))
  if (!parts) return [{ line: 1, reason: 'no front matter between two lines of ---' }]
  const [, matter = '', body = ''] = parts
  const parsed = parseYaml(matter, FrontMatter, 2)
  if ('faults' in parsed) return parsed.faults
  const { validFrom, validUntil } = parsed.value
  const bodyLine = matter.split('\n').length + 3
  if (!body.trim()) return [{ line: bodyLine, reason: 'the body is empty' }]
  if (body.length > MAX_BODY)
    return [{ line: bodyLine, reason: `the body is longer than ${MAX_BODY} characters` }]
  if (!parsed.value.say.trim()) return [{ line: parsed.lineOf('say'), reason: 'say is empty' }]
  if (validFrom !== undefined && validUntil !== undefined && validUntil < validFrom)
    return [{ line: parsed.lineOf('validUntil'), reason: 'validUntil is before validFrom' }]
  return {
    ...parsed.value,
    body: body.trim(),
    hash: createHash('sha256').update(text).digest('hex'),
    lineOf: parsed.lineOf,
  }
}
