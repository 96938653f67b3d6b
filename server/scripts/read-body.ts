import { Ajv } from 'ajv'
import { Type, type Static, type TSchema } from 'typebox'
import { SCRIPT_CLASSES, type ScriptClass } from '#server/contract/script-lists.ts'
import { MAX_QUOTES, ScriptText, type ScriptStep, type StepField } from '#server/contract/script.ts'
import { parseYaml, type Fault } from '#server/platform/yaml/parse.ts'
import { BRANCHES, LINES, targetOf, type ScriptHead } from './body-marks.ts'
import { quotesOf } from './quotes.ts'
import { branchesFrom, fieldFrom, linesFrom, type Numbered } from './read-parts.ts'

const { class: scriptClass, scenario, channel, profile, reasons } = ScriptText.properties

/** What the front matter of a script holds beside what every entry has. */
export const HEAD = {
  class: scriptClass,
  scenario: Type.Optional(scenario),
  channel: Type.Optional(channel),
  profile: Type.Optional(profile),
  reasons: Type.Optional(reasons),
}
const Head = Type.Object(HEAD, { additionalProperties: false })
const fits = new Ajv({ allErrors: true, strict: false }).compile(ScriptText)

/** Reads the Markdown of a script. Returns its faults, each with the line it stands in, instead of throwing. */
export function readBody(markdown: string): ScriptText | Fault[] {
  const read = readParts(markdown, Head)
  if (Array.isArray(read)) return read
  return textFrom(read.head, read)
}

/**
 * The class that the front matter of a script's body names, without reading the rest: a list of many tells it at once. Undefined where
 * there is none.
 */
export function classOfBody(markdown: string): ScriptClass | undefined {
  const end = markdown.indexOf('\n---', 3)
  const named = /^class: ["']?([a-z]+)["']?\s*$/mu.exec(markdown.slice(0, Math.max(0, end)))?.[1]
  return SCRIPT_CLASSES.find(one => one === named)
}

/** The script that a front matter and the steps after it make; faults when it holds more than a script may. */
export function textFrom(head: Static<typeof Head>, { steps, lineOfStep }: ReadSteps): ScriptText | Fault[] {
  const text = { ...headFrom(head), steps }
  if (!fits(text)) return tooMuch(lineOfStep)
  const quotes = quotesOf(text).length
  return quotes > MAX_QUOTES
    ? [{ line: 1, reason: `has ${quotes} different quotes, at most ${MAX_QUOTES} are taken` }]
    : text
}

/** What is left out of a front matter is empty. */
const headFrom = ({
  class: kind,
  scenario: when = '',
  channel: by = '',
  profile: who = {},
  reasons: why = [],
}: Static<typeof Head>): ScriptHead => ({
  class: kind,
  scenario: when,
  channel: by,
  profile: who,
  reasons: why,
})

type ReadSteps = { steps: ScriptStep[]; lineOfStep: Map<number, number> }
type Read<T> = ReadSteps & { head: T; lineOf: (field: string) => number }

/** Reads front matter of the shape `schema` and the steps after it. */
export function readParts<T extends TSchema>(markdown: string, schema: T): Read<Static<T>> | Fault[] {
  const text = markdown.replace(/^\uFEFF/u, '').replace(/\r\n?/gu, '\n')
  const parts = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/u.exec(text)
  if (!parts) return [{ line: 1, reason: 'no front matter between two lines of ---' }]
  const [, matter = '', rest = ''] = parts
  const parsed = parseYaml(matter, schema, 2)
  if ('faults' in parsed) return parsed.faults
  const first = matter.split('\n').length + 3
  const { steps, faults, lineOfStep } = readSteps(rest, first)
  return faults.length > 0 ? faults : { head: parsed.value, steps, lineOf: parsed.lineOf, lineOfStep }
}

function readSteps(text: string, first: number) {
  const lines = text
    .split('\n')
    .map((words, index): Numbered => ({ words: words.trimEnd(), line: first + index }))
  const sections = sectionsOf(
    lines.filter(({ words }) => words !== ''),
    /^## 第 ?(\d{1,2}) ?步(?: .*)?$/u,
  )
  const faults: Fault[] = sections.before.map(({ line }) => ({
    line,
    reason: 'stands before the first step',
  }))
  const lineOfStep = new Map<number, number>()
  const steps = sections.found.map(({ name, line, content }) => {
    const step = Number(name)
    if (step < 1 || step > 9)
      faults.push({ line, reason: `there is no step ${step}: a script has the steps 1 to 9` })
    if (lineOfStep.has(step))
      faults.push({ line, reason: `step ${step} stands in line ${lineOfStep.get(step)} already` })
    if ([...lineOfStep.keys()].some(other => other > step))
      faults.push({ line, reason: `step ${step} is out of order` })
    lineOfStep.set(step, line)
    return readStep(step, content, faults)
  })
  return { steps, faults, lineOfStep }
}

function readStep(step: number, content: Numbered[], faults: Fault[]): ScriptStep {
  const { content: rest, next } = withoutNext(content)
  const sections = sectionsOf(rest, /^### (.+)$/u)
  for (const { line } of sections.before) faults.push({ line, reason: 'stands under no heading (### …)' })
  const read: ScriptStep = { step, fields: [], lines: [], branches: [], ...(next !== undefined && { next }) }
  for (const { name, content: own } of sections.found) {
    if (name === LINES) read.lines.push(...linesFrom(own, faults))
    else if (name === BRANCHES) read.branches.push(...branchesFrom(own, faults))
    else read.fields.push(...onlyOnce(read.fields, fieldFrom(name, own, faults), own[0]?.line ?? 0, faults))
  }
  return read
}

function onlyOnce(
  fields: readonly StepField[],
  field: StepField,
  line: number,
  faults: Fault[],
): StepField[] {
  if (fields.some(one => one.name === field.name))
    faults.push({ line, reason: `the field ${field.name} stands twice` })
  return [field]
}

function withoutNext(content: Numbered[]) {
  const last = content.at(-1)
  const next = last?.words.startsWith('→ ') ? targetOf(last.words.slice(2)) : undefined
  return next === undefined ? { content, next } : { content: content.slice(0, -1), next }
}

function sectionsOf(lines: readonly Numbered[], heading: RegExp) {
  const before: Numbered[] = []
  const found: { name: string; line: number; content: Numbered[] }[] = []
  for (const one of lines) {
    const name = heading.exec(one.words)?.[1]
    if (name !== undefined) found.push({ name: name.trim(), line: one.line, content: [] })
    else (found.at(-1)?.content ?? before).push(one)
  }
  return { before, found }
}

/** Where a script holds more than it may, in words: the path of the validator names the step by its place. */
function tooMuch(lineOfStep: ReadonlyMap<number, number>): Fault[] {
  const lines = [...lineOfStep.values()]
  return (fits.errors ?? []).map(({ instancePath, message }) => {
    const [, list, place, ...path] = instancePath.split('/')
    const line = list === 'steps' && place !== undefined ? (lines[Number(place)] ?? 1) : 1
    return {
      line,
      reason: `${[list, place, ...path].filter(Boolean).join('.')} ${message ?? 'does not fit'}`,
    }
  })
}
