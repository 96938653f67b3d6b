import type { StepField } from '#server/contract/script.ts'
import type { GuideField } from '#server/contract/script-views.ts'
import { sortedBy } from '../ui/sorted.ts'
import { stepOf, withStep } from './editing.ts'
import { isEmptyField, type Script } from './texts.ts'

export type Row = Record<string, string>
type Value = StepField['value']

/** What an author filled in under a name. */
export const valueOf = (script: Script, step: number, name: string): Value | undefined =>
  stepOf(script, step).fields.find(one => one.name === name)?.value

/** Puts a value under a name; the fields stand in the order of the guide, others after them. */
export const withValue = (
  script: Script,
  step: number,
  name: string,
  value: Value,
  order: readonly string[],
): Script =>
  withStep(script, step, now => {
    const rest = now.fields.filter(one => one.name !== name)
    return { ...now, fields: sortedBy([...rest, { name, value }], one => rankIn(order, one)) }
  })

const rankIn = (order: readonly string[], { name }: StepField): number =>
  order.includes(name) ? order.indexOf(name) : order.length

/** At most so many items of a list that was typed one a line; the empty line one is about to fill is none. */
export const itemsOf = (typed: string, most: number): string[] =>
  typed
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
    .slice(0, most)

/** A value as plain text, and as a list of texts, whatever the guide asked for when it was written. */
export const textOf = (value: Value | undefined): string => listOf(value).join('\n')
export const listOf = (value: Value | undefined): string[] => {
  if (value === undefined) return []
  if (typeof value === 'string') return value === '' ? [] : [value]
  return value.map(item => (typeof item === 'string' ? item : Object.values(item).join(' ')))
}

/** The rows of a table as its guide has them now; what was written in columns that are gone stays. */
export const rowsOf = (value: Value | undefined, columns: readonly string[]): Row[] => {
  const given = Array.isArray(value) ? value : []
  return given.map(item => {
    const row = typeof item === 'string' ? { [columns[0] ?? '']: item } : item
    return { ...Object.fromEntries(columns.map(name => [name, ''])), ...row }
  })
}

/** What a step may hold: the fields of its guide, and those that were filled in under another guide. */
export function fieldsOf(script: Script, step: number, guided: readonly GuideField[]): GuideField[] {
  const known = new Set(guided.map(one => one.name))
  const others = stepOf(script, step).fields.filter(one => !known.has(one.name) && !isEmptyField(one))
  return [...guided, ...others.map(unguided)]
}

const unguided = ({ name, value }: StepField): GuideField => ({
  name,
  kind: typeof value === 'string' ? 'text' : value.every(item => typeof item === 'string') ? 'list' : 'rows',
  hint: '',
  required: false,
  columns: Array.isArray(value) && typeof value[0] === 'object' ? Object.keys(value[0]) : [],
  atLeast: null,
  atMost: null,
})

/** Whether all that a guide requires of a step is filled in. */
export const isFilled = (script: Script, step: number, guided: readonly GuideField[]): boolean =>
  guided.every(({ name, required }) => {
    const value = valueOf(script, step, name)
    return !required || (value !== undefined && !isEmptyField({ name, value }))
  })
