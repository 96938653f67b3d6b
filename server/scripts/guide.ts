import { Type, type Static } from 'typebox'
import { STAGES, STEP_FIELD_KINDS } from '#server/contract/script-lists.ts'
import type { GuideField } from '#server/contract/script-views.ts'
import { oneOf } from '#server/contract/shapes.ts'
import { parseYaml, type Fault } from '#server/platform/yaml/parse.ts'

const CLOSED = { additionalProperties: false }
const word = Type.String({ minLength: 1, maxLength: 40 })
const words = Type.Array(Type.String({ minLength: 1, maxLength: 20 }), {
  minItems: 1,
  maxItems: 30,
  uniqueItems: true,
})

const Field = Type.Object(
  {
    name: word,
    kind: oneOf(STEP_FIELD_KINDS),
    hint: Type.Optional(Type.String({ maxLength: 200 })),
    required: Type.Optional(Type.Boolean()),
    columns: Type.Optional(Type.Array(word, { minItems: 1, maxItems: 8, uniqueItems: true })),
    atLeast: Type.Optional(Type.Integer({ minimum: 0, maximum: 20 })),
    atMost: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
  },
  CLOSED,
)

const StepHead = Type.Object(
  {
    step: Type.Integer({ minimum: 1, maximum: 9 }),
    name: word,
    stages: Type.Array(oneOf(STAGES), { minItems: 1, maxItems: STAGES.length, uniqueItems: true }),
    fields: Type.Array(Field, { maxItems: 20 }),
    checks: Type.Array(Type.String({ pattern: '^[a-z][a-z.-]{1,59}$' }), { maxItems: 40, uniqueItems: true }),
  },
  CLOSED,
)

const ProfileHead = Type.Object(
  {
    step: Type.Literal(0),
    name: word,
    channels: words,
    personalities: words,
    motives: words,
    moods: words,
    /** How fast an agent reads aloud. */
    charactersAMinute: Type.Integer({ minimum: 60, maximum: 600 }),
    /** The most (yuan) that a script may offer without an approval number. */
    authorityLimit: Type.Number({ minimum: 0, maximum: 1_000_000 }),
  },
  CLOSED,
)

/** Sections of a guide, by their headings. `text` is the guidance in Markdown with all that has no section of its own. */
interface Sections {
  purpose: string
  text: string
  good: string[]
  bad: string[]
}

/** The guide of one step 步骤指引 as its file says it. */
export type StepGuideText = Omit<Static<typeof StepHead>, 'fields'> & Sections & { fields: GuideField[] }

/** The words that are offered for channel and caller profile, and what is measured by; its `step` is 0. */
export type ProfileGuideText = Static<typeof ProfileHead> & Sections

export type GuideText = StepGuideText | ProfileGuideText

/** Reads the file of a guide. Returns its faults, each with the line it stands in, instead of throwing. */
export function readGuide(markdown: string): GuideText | Fault[] {
  const text = markdown.replace(/^\uFEFF/u, '').replace(/\r\n?/gu, '\n')
  const [, matter, body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/u.exec(text) ?? []
  if (matter === undefined) return [{ line: 1, reason: 'no front matter between two lines of ---' }]
  const sections = sectionsOf(body)
  if (sections.purpose === '')
    return [{ line: matter.split('\n').length + 3, reason: 'there is no section “## 目的”' }]
  if (/^step: *0 *$/mu.test(matter)) {
    const profile = parseYaml(matter, ProfileHead, 2)
    return 'faults' in profile ? profile.faults : { ...profile.value, ...sections }
  }
  const head = parseYaml(matter, StepHead, 2)
  if ('faults' in head) return head.faults
  const faults = fieldFaults(head.value.fields).map(reason => ({ line: head.lineOf('fields'), reason }))
  return faults.length > 0 ? faults : { ...head.value, fields: head.value.fields.map(fieldOf), ...sections }
}

const fieldOf = ({
  name,
  kind,
  hint,
  required,
  columns,
  atLeast,
  atMost,
}: Static<typeof Field>): GuideField => ({
  name,
  kind,
  hint: hint ?? '',
  required: required ?? false,
  columns: columns ?? [],
  atLeast: atLeast ?? null,
  atMost: atMost ?? null,
})

function fieldFaults(fields: readonly Static<typeof Field>[]): string[] {
  const names = fields.map(field => field.name)
  return [
    ...names.filter((name, at) => names.indexOf(name) !== at).map(name => `the field ${name} stands twice`),
    ...fields
      .filter(field => (field.kind === 'rows') !== (field.columns !== undefined))
      .map(({ name }) => `the field ${name} needs columns if it has rows, and only then`),
  ]
}

function sectionsOf(body: string): Sections {
  const [before = '', ...parts] = body.split(/^## /mu)
  const sections = new Map(
    parts.map(part => [part.split('\n', 1)[0]!.trim(), part.slice(part.indexOf('\n') + 1).trim()]),
  )
  const take = (name: string): string => {
    const text = sections.get(name) ?? ''
    sections.delete(name)
    return text
  }
  const purpose = take('目的')
  const [good, bad] = [items(take('好例')), items(take('坏例'))]
  const guidance = take('指引')
  const rest = [...sections].map(([name, text]) => `### ${name}\n\n${text}`)
  return { purpose, good, bad, text: [before.trim(), guidance, ...rest].filter(Boolean).join('\n\n') }
}

const items = (list: string): string[] =>
  list
    .split('\n')
    .filter(line => line.startsWith('- '))
    .map(line => line.slice(2).trim())
