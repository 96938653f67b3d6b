import type { Finding, GuideField } from '#server/contract/script-views.ts'
import type { StepField } from '#server/contract/script.ts'
import { finding, type CheckContext, type CheckedStep } from './check-context.ts'

type Rows = Record<string, string>[]
const rowsOf = (field: StepField | undefined): Rows =>
  Array.isArray(field?.value) ? (field.value.filter(item => typeof item !== 'string') as Rows) : []

/** What the fields of a step lack, as far as the step brings fields and has a guide. */
export function fieldFindings(step: CheckedStep, { guides }: CheckContext): Finding[] {
  const { fields } = step
  const guide = guides.get(step.step)
  if (!fields || !guide) return []
  return guide.fields.flatMap(asked => {
    const field = fields.find(one => one.name === asked.name)
    const place = { step: step.step, field: asked.name }
    const count = countOf(field)
    if (count === 0)
      return asked.required
        ? finding(place, 'field.required', { message: `“${asked.name}”必填：${asked.hint}` })
        : []
    return [...numberOf(place, asked, count), ...rowFindings(place, asked, rowsOf(field), guide.checks)]
  })
}

/** How many things a field holds; blank ones are none. */
function countOf(field: StepField | undefined): number {
  if (!field) return 0
  if (typeof field.value === 'string') return field.value.trim() === '' ? 0 : 1
  const items: readonly (string | Record<string, string>)[] = field.value
  return items.filter(item =>
    (typeof item === 'string' ? [item] : Object.values(item)).some(words => words.trim() !== ''),
  ).length
}

type FieldPlace = { step: number; field: string }

function numberOf(place: FieldPlace, { name, atLeast, atMost, kind }: GuideField, count: number): Finding[] {
  if (kind === 'text') return []
  if (atLeast !== null && count < atLeast)
    return [
      finding(place, 'field.few', {
        message: `“${name}”只有 ${count} 项，至少要 ${atLeast} 项，想想是不是漏了`,
      }),
    ]
  if (atMost !== null && count > atMost)
    return [
      finding(place, 'field.many', { message: `“${name}”有 ${count} 项，最多 ${atMost} 项，多了客户记不住` }),
    ]
  return []
}

/** Columns that say who or when: a row without them is an empty word. */
const WHO_OR_WHEN = /责任|负责|时限|期限|时间/u

function rowFindings(place: FieldPlace, asked: GuideField, rows: Rows, checks: readonly string[]): Finding[] {
  const rule = checks.includes('option.incomplete') ? 'option.incomplete' : 'rows.incomplete'
  const needed = asked.columns.filter((column, index) => index === 0 || WHO_OR_WHEN.test(column))
  return [
    ...rows.flatMap((row, index) => {
      const missing = needed.filter(column => (row[column] ?? '').trim() === '')
      if (missing.length === 0) return []
      const message = `“${asked.name}”第 ${index + 1} 行没有写${missing.join('、')}`
      return finding(place, rule, {
        message,
        quote: Object.values(row).find(cell => cell.trim() !== '') ?? '',
      })
    }),
    ...priorities(place, rows),
    ...undoable(place, rows),
  ]
}

function priorities(place: FieldPlace, rows: Rows): Finding[] {
  const numbers = rows.map(row => (row['优先'] ?? row['优先号'] ?? '').trim()).filter(Boolean)
  const twice = [...new Set(numbers.filter((one, index) => numbers.indexOf(one) < index))]
  return twice.map(one =>
    finding(place, 'priority.twice', { message: `优先号 ${one} 用了两次，先办哪件定不下来`, quote: one }),
  )
}

const undoable = (place: FieldPlace, rows: Rows): Finding[] =>
  rows.flatMap(row => {
    if (!(row['可办性'] ?? '').includes('不可办') || (row['替代办法'] ?? '').trim() !== '') return []
    const quote = row['原话'] ?? ''
    const message = `“${quote}”不可办，又没有替代办法：客户手里什么也没有`
    return finding(place, 'alternative.missing', { message, quote, severity: 'error' })
  })

/** Whether the layer of safety comes first among demands that touch it. */
export function safetyLayer(step: CheckedStep, mentionsDanger: boolean): Finding[] {
  return (step.fields ?? []).flatMap(field => {
    const rows = rowsOf(field).filter(row => row['层'] !== undefined)
    const first = rows.toSorted((a, b) => rank(a) - rank(b))[0]
    if (!first || !mentionsDanger || (first['层'] ?? '').includes('安全')) return []
    const message = `说到了人身危险，排在第一的却是“${first['原话'] ?? ''}”：安全这一层要在最前面`
    return finding({ step: step.step, field: field.name }, 'safety.not-first', {
      message,
      quote: first['原话'] ?? '',
    })
  })
}

const rank = (row: Record<string, string>): number =>
  Number(/\d+/u.exec(row['优先'] ?? row['优先号'] ?? '')?.[0] ?? 99)

/** The demands in the customer's own words. */
export const demandsIn = ({ fields = [] }: CheckedStep): string[] =>
  fields.flatMap(field => rowsOf(field).map(row => row['原话'] ?? ''))

/** All that the fields of a step hold, as one text. */
export const fieldText = ({ fields = [] }: CheckedStep): string =>
  fields.map(({ name, value }) => `${name} ${JSON.stringify(value)}`).join('\n')

/** Whether a field of the step gives the number of an approval. */
export const isApproved = ({ fields = [] }: CheckedStep): boolean =>
  fields.some(({ name, value }) => /审批/u.test(name) && typeof value === 'string' && /\d/u.test(value))
