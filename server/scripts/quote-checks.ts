import type { Finding } from '#server/contract/script-views.ts'
import { finding, type CheckContext, type QuoteFacts } from './check-context.ts'
import { clausesOf, isTelling } from './clauses.ts'
import { figuresIn, figuresOf, type Figure } from './figures.ts'
import type { Heard } from './heard.ts'
import { speechOf } from './speech.ts'

/** Quotes that lead nowhere, are no longer what was reviewed, or hold for somebody else. */
export const quoteFindings = (heard: Heard, context: CheckContext): Finding[] =>
  heard.quotes.flatMap(ref => {
    const quote = `[[${ref}]]`
    const found = context.quote(ref)
    if (!found)
      return finding(heard.place, 'quote.unknown', { message: `找不到“${quote}”引用的条目或通知`, quote })
    return [...standing(heard, quote, found), ...companyOf(heard, quote, found, context)]
  })

function standing({ place }: Heard, quote: string, { state, pinned, current }: QuoteFacts): Finding[] {
  if (state === 'gone')
    return [
      finding(place, 'quote.gone', { message: `“${quote}”引用的内容已经失效或撤下，不能再照着说`, quote }),
    ]
  if (state !== 'changed') return []
  const was = pinned === null ? '没有写明看过的是第几版' : `看过的是第 ${pinned} 版`
  const message = `“${quote}”引用的条目现在是第 ${current ?? '?'} 版，${was}。看一遍新的，再把版本改过来`
  const instead = current === null ? undefined : `${quote.replace(/(?:@\d+)?\]\]$/u, '')}@${current}]]`
  return [finding(place, 'quote.changed', { message, quote, ...(instead && { instead }) })]
}

function companyOf(
  { place }: Heard,
  quote: string,
  { company }: QuoteFacts,
  context: CheckContext,
): Finding[] {
  if (company === undefined || company === context.company) return []
  if (context.company === undefined) {
    const message = `“${quote}”只适用${company}，这个脚本没有写明给哪家公司用`
    return [finding(place, 'quote.other-company', { message, quote, severity: 'warning' })]
  }
  const message = `“${quote}”只适用${company}，这个脚本是给${context.company}用的，时限和数额不一样`
  return [finding(place, 'quote.other-company', { message, quote })]
}

const NAMES: Record<Figure['unit'], string> = {
  minutes: '分钟',
  days: '天',
  workdays: '个工作日',
  months: '个月',
  yuan: '元',
  percent: '%',
}
const textOf = ({ value, unit }: Figure): string =>
  unit === 'minutes' && value % 60 === 0 ? `${value / 60} 小时` : `${value} ${NAMES[unit]}`
/** Days and working days are measured against one another: seven of the one are not seven of the other. */
const family = ({ unit }: Figure): string => (unit === 'workdays' ? 'days' : unit)

/** Figures beside a quote that the quoted entry has otherwise. Those in a clause about telling are of our own news. */
export function differingFigures(heard: Heard, context: CheckContext): Finding[] {
  if (heard.line.speaker !== 'agent' || heard.quotes.length === 0) return []
  const figures = figuresOf(heard.speech)
  if (figures.length === 0) return []
  const quoted = heard.quotes.map(ref => context.quote(ref)).filter(one => one !== undefined)
  const known = quoted.flatMap(one => figuresIn(speechOf(one.text?.() ?? one.say ?? '').text))
  const telling = clausesOf(heard.speech).filter(one => isTelling(one.text))
  return figures.flatMap(figure => {
    const same = known.filter(one => family(one) === family(figure))
    const isSame = same.some(one => one.unit === figure.unit && one.value === figure.value)
    if (
      isSame ||
      same.length === 0 ||
      telling.some(one => figure.start >= one.start && figure.end <= one.end)
    )
      return []
    const quote = heard.speech.written(figure.start, figure.end)
    const has = [...new Set(same.map(textOf))].slice(0, 4).join('、')
    return finding(heard.place, 'figure.differs', {
      message: `“${quote}”和引用的条目不一致，条目里是 ${has}`,
      quote,
    })
  })
}
