import { Type, type Static } from 'typebox'
import { STAGES, STEP_FIELD_KINDS } from '#server/contract/script-lists.ts'
import { RULES } from '#server/contract/script-rules.ts'
import type { GuideField } from '#server/contract/script-views.ts'
import { oneOf } from '#server/contract/shapes.ts'
import { parseYaml, type Fault } from '#server/platform/yaml/parse.ts'

const CLOSED = { additionalProperties: false }
const words = (maxLength: number) => Type.String({ minLength: 1, maxLength })
const number = Type.Integer({ minimum: 1, maximum: 20 })
const Field = Type.Object(
  {
    name: words(40),
    kind: oneOf(STEP_FIELD_KINDS),
    hint: Type.Optional(words(200)),
    required: Type.Optional(Type.Boolean()),
    columns: Type.Optional(Type.Array(words(40), { minItems: 1, maxItems: 10, uniqueItems: true })),
    atLeast: Type.Optional(number),
    atMost: Type.Optional(number),
  },
  CLOSED,
)
const StepHead = Type.Object(
  {
    step: Type.Integer({ minimum: 1, maximum: 9 }),
    name: words(40),
    stages: Type.Array(oneOf(STAGES), { minItems: 1, maxItems: 4 }),
    fields: Type.Array(Field, { maxItems: 20 }),
    checks: Type.Array(oneOf(Object.keys(RULES)), { maxItems: 50 }),
  },
  CLOSED,
)
const offered = Type.Array(words(20), { maxItems: 30, uniqueItems: true })
const ProfileHead = Type.Object(
  { step: Type.Literal(0), name: words(40), channels: offered, personalities: offered, motives: offered, moods: offered },
  CLOSED,
)

/** The guide of one of the nine steps, as its file says it. `guidance` is Markdown. */
export interface GuideText {
  step: number
  name: string
  stages: Static<typeof StepHead>['stages']
  fields: GuideField[]
  checks: string[]
  purpose: string
  guidance: string
  good: string[]
  bad: string[]
}

/** The words offered for channel and caller, from the guide of step 0; `note` says what they are for. */
export type ProfileText = Omit<Static<typeof ProfileHead>, 'step'> & { step: 0; purpose: string; guidance: string; note: string }

const PURPOSE = '目的'
const GUIDANCE = '指引'
const GOOD = '好例'
const BAD = '坏例'
const NOTE = '说明'

/** Reads the guide of a step. Returns its faults, each with the line it stands in, instead of throwing. */
export function readGuide(markdown: string): GuideText | Fault[] {
  const parts = partsOf(markdown)
  if (!parts) return [NO_HEAD]
  const parsed = parseYaml(parts.matter, StepHead, 2)
  if ('faults' in parsed) return parsed.faults
  const { sections, faults } = sectionsOf(parts.rest, parts.first, [PURPOSE, GUIDANCE, GOOD, BAD])
  const { fields, ...head } = parsed.value
  const all = [...faults, ...faultsOf(fields, parsed.lineOf)]
  if (all.length > 0) return all
  const [purpose, guidance] = [sections.get(PURPOSE) ?? '', sections.get(GUIDANCE) ?? '']
  return { ...head, fields: fields.map(fieldOf), purpose, guidance, good: itemsOf(sections.get(GOOD)), bad: itemsOf(sections.get(BAD)) }
}

/** Reads the guide of step 0: the words that are offered for channel and caller. */
export function readProfile(markdown: string): ProfileText | Fault[] {
  const parts = partsOf(markdown)
  if (!parts) return [NO_HEAD]
  const parsed = parseYaml(parts.matter, ProfileHead, 2)
  if ('faults' in parsed) return parsed.faults
  const { sections, faults } = sectionsOf(parts.rest, parts.first, [PURPOSE, GUIDANCE, NOTE])
  if (faults.length > 0) return faults
  const of = (name: string) => sections.get(name) ?? ''
  return { ...parsed.value, purpose: of(PURPOSE), guidance: of(GUIDANCE), note: of(NOTE) }
}

const NO_HEAD: Fault = { line: 1, reason: 'no front matter between two lines of ---' }

function partsOf(markdown: string) {
  const text = markdown.replace(/^\uFEFF/u, '').replace(/\r\n?/gu, '\n')
  const [, matter, rest] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/u.exec(text) ?? []
  return matter === undefined || rest === undefined ? undefined : { matter, rest, first: matter.split('\n').length + 3 }
}

/** The text under each heading; all of them must be there and not empty. */
function sectionsOf(rest: string, first: number, names: readonly string[]) {
  const sections = new Map<string, string>()
  const faults: Fault[] = []
  let name: string | undefined
  for (const [index, line] of rest.split('\n').entries()) {
    const heading = /^## (.+)$/u.exec(line)?.[1]?.trim()
    if (heading !== undefined && (!names.includes(heading) || sections.has(heading)))
      faults.push({ line: first + index, reason: `the heading ${heading} is none of ${names.join(', ')}, or stands twice` })
    name = heading ?? name
    if (name !== undefined) sections.set(name, heading === undefined ? `${sections.get(name)}${line}\n` : '')
    else if (line.trim() !== '') faults.push({ line: first + index, reason: 'stands under no heading' })
  }
  for (const one of names) {
    const text = sections.get(one)?.trim() ?? ''
    if (text === '') faults.push({ line: first, reason: `there is nothing under ## ${one}` })
    sections.set(one, text)
  }
  return { sections, faults }
}

function faultsOf(fields: readonly Static<typeof Field>[], lineOf: (path: string) => number): Fault[] {
  return fields.flatMap(({ name, kind, columns, atLeast, atMost }, index) => {
    const line = lineOf(`fields/${index}`)
    const reasons = [
      (kind === 'rows') !== (columns !== undefined) && `${name}: rows, and only rows, have columns`,
      atLeast !== undefined && atMost !== undefined && atLeast > atMost && `${name}: atLeast is more than atMost`,
      fields.findIndex(one => one.name === name) < index && `${name} stands twice`,
    ]
    return reasons.filter(one => one !== false).map(reason => ({ line, reason }))
  })
}

const fieldOf = ({ name, kind, hint = '', required = false, columns = [], atLeast, atMost }: Static<typeof Field>): GuideField => ({
  name,
  kind,
  hint,
  required,
  columns,
  atLeast: atLeast ?? null,
  atMost: atMost ?? null,
})

const itemsOf = (text = ''): string[] =>
  text.split('\n').flatMap(line => (line.startsWith('- ') ? [line.slice(2).trim()] : []))
