import type { Finding } from '#server/contract/script-views.ts'
import { finding, type CheckContext } from './check-context.ts'
import { byAgent, has, isKnown, type Heard, type HeardStep } from './heard.ts'
import { speechOf } from './speech.ts'

/** Where somebody may be in danger, what the agent says next must be about safety. */
export function safetyFindings(
  steps: readonly HeardStep[],
  context: CheckContext,
  scenario: string,
): Finding[] {
  if (!isKnown(context, 'mark.safety')) return []
  const first = steps.find(one => one.given.step === 1)
  const opening = first?.lines.find(one => byAgent(one) && !one.line.optional)
  const isDangerous = context.lexicons
    .find(speechOf(scenario))
    .some(one => one.lexicon.group === 'mark.danger')
  const late = [
    ...(isDangerous && opening && !isSafe(opening, context) ? [{ answer: opening, cause: '' }] : []),
    ...unanswered(
      steps.flatMap(one => one.lines),
      context,
    ),
    ...steps.flatMap(step =>
      step.branches.flatMap(({ says, lines }) => unanswered([says, ...lines], context)),
    ),
  ]
  return [...new Map(late.map(one => [one.answer, one])).values()].map(notFirst)
}

/** Whether a line is about safety, by itself or by what it quotes. */
const isSafe = (heard: Heard, { lexicons, quote }: CheckContext): boolean =>
  has(heard, 'mark.safety') ||
  heard.quotes.some(ref =>
    lexicons.find(speechOf(quote(ref)?.say ?? '')).some(one => one.lexicon.group === 'mark.safety'),
  )

interface Late {
  answer: Heard
  cause: string
}

/** The agent's lines that answer danger with something else. */
function unanswered(lines: readonly Heard[], context: CheckContext): Late[] {
  const late: Late[] = []
  let cause: string | undefined
  let safe = false
  for (const heard of lines) {
    if (byAgent(heard) && !heard.line.optional) {
      if (isSafe(heard, context)) [safe, cause] = [true, undefined]
      else if (cause !== undefined || (!safe && repeatsDanger(heard))) {
        late.push({ answer: heard, cause: cause ?? '' })
        ;[safe, cause] = [true, undefined]
      }
    } else if (!byAgent(heard) && has(heard, 'mark.danger')) cause = heard.line.text
  }
  return late
}

/** What a question about danger begins or ends with; “您说……，是吗” repeats what was said. */
const ASKS = /有没有|有无|是否|是不是|会不会|看看|看一下/u
const TOLD = /你[^,。]{0,4}(?:说|讲|提|看到|闻到|发现|反映|遇到)|有人|听起来/u
const ENDS = /(?<!是)吗$/u

/** An agent who says after the customer that somebody was hurt; to ask whether there is danger is no mention of it. */
const repeatsDanger = (heard: Heard): boolean =>
  heard.hits.some(({ lexicon, start, end }) => {
    if (lexicon.group !== 'mark.danger') return false
    const { text, clauses, sentences } = heard.speech
    const [from] = sentences.find(([begin, close]) => begin <= start && close >= end) ?? [start]
    const [, to] = clauses.find(([begin, close]) => begin <= start && close >= end) ?? [start, end]
    const before = text.slice(from, start)
    return TOLD.test(before) && !ASKS.test(before) && !ENDS.test(text.slice(end, to))
  })

const notFirst = ({ answer, cause }: Late): Finding =>
  finding(answer.place, 'safety.not-first', {
    message: `${cause ? `客户说了“${cause}”` : '来电涉及人身危险'}，这一句却没有安全提示。先让人离开危险，再问别的`,
    quote: answer.line.text,
    instead: '您先别碰它，让家里人都离远一点，人没事吧？',
  })
