import type { Finding } from '#server/contract/script-views.ts'
import { finding, type CheckContext } from './check-context.ts'
import { fieldText } from './field-checks.ts'
import { agentLines, allLines, byAgent, has, isKnown, type HeardStep } from './heard.ts'
import type { Mark } from './lexicon.ts'
import { speechOf } from './speech.ts'

const LONGEST = 60

/** A sentence of the step that is too long to be said in one breath on the telephone. */
export function keySentence(step: HeardStep): Finding | undefined {
  for (const { place, speech } of agentLines(step))
    for (const [from, to] of speech.sentences) {
      const characters = speech.text.slice(from, to).replace(/[\p{P}\p{S}]/gu, '').length
      if (characters <= LONGEST) continue
      const quote = speech.written(from, to)
      const message = `这一句有 ${characters} 个字，超过 ${LONGEST} 个，电话里一口气说不完，客户也记不住`
      return finding(place, 'length.key-sentence', { message, quote })
    }
  return undefined
}

/** The field of step 4 that says how the news gets to the customer. */
const CHANNEL = '渠道'

/**
 * The news is to come as a short message, and nothing in the script checks to what number: neither a field nor what the agent says.
 * Silent without the field, for what is said of short messages elsewhere need not be a promise of one.
 */
export function uncheckedContact(
  step: HeardStep,
  context: CheckContext,
  script: readonly HeardStep[],
): Finding | undefined {
  const channel = step.given.fields?.find(one => one.name === CHANNEL)?.value
  if (typeof channel !== 'string' || !isIn(channel, 'mark.short-message', context)) return undefined
  if (!isKnown(context, 'mark.number-check')) return undefined
  const isChecked = script.some(
    one =>
      allLines(one).some(line => byAgent(line) && has(line, 'mark.number-check')) ||
      isIn(fieldText(one.given), 'mark.number-check', context),
  )
  if (isChecked) return undefined
  return finding({ ...step.given, field: CHANNEL }, 'contact.unchecked', {
    message: '消息走短信，却没有一处核对号码：号码不对，短信就发给了别人，客户等来的是没有消息',
    quote: channel,
    instead: '短信就发您打来的这个号码，对吗？',
  })
}

const isIn = (text: string, mark: Mark, { lexicons }: CheckContext): boolean =>
  lexicons.find(speechOf(text)).some(one => one.lexicon.group === mark)
