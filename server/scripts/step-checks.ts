import type { ScriptRule } from '#server/contract/script-rules.ts'
import type { Finding } from '#server/contract/script-views.ts'
import { finding, type CheckContext } from './check-context.ts'
import { keySentence, uncheckedContact } from './delivery-checks.ts'
import { fieldText } from './field-checks.ts'
import { agentLines, allLines, byAgent, has, isKnown, type HeardStep } from './heard.ts'
import type { Mark } from './lexicon.ts'
import { isTelling } from './clauses.ts'
import { speechOf } from './speech.ts'
import { timesIn } from './times.ts'

/** A rule about what a step must hold: undefined when it holds it. */
type StepCheck = (step: HeardStep, context: CheckContext, script: readonly HeardStep[]) => Finding | undefined

const says = (step: HeardStep, mark: Mark): boolean => agentLines(step).some(one => has(one, mark))

/** A step whose agent must say something of a list. */
const mustSay =
  (rule: ScriptRule, mark: Mark, message: string, instead: string): StepCheck =>
  (step, context) =>
    !isKnown(context, mark) || says(step, mark) ? undefined : finding(step.given, rule, { message, instead })

const question: StepCheck = (step, context) => {
  const asks = agentLines(step).some(one => one.line.text.includes('？') || one.line.text.includes('?'))
  if (asks || !isKnown(context, 'mark.question') || says(step, 'mark.question')) return undefined
  return finding(step.given, 'question.missing', {
    message: '这一步没有一句问话，客户插不上话，情况也问不出来',
    instead: '您那边看到的是什么样？',
  })
}

const UPDATE_VARIABLES = /通知\.下次更新|登记\.回复时间/u

/** Whether the agent tells when the next news comes: a variable, or a time in a sentence about telling. */
const tellsWhen = (step: HeardStep): boolean =>
  agentLines(step).some(
    ({ speech }) =>
      UPDATE_VARIABLES.test(speech.text) ||
      speech.sentences.some(([from, to]) => {
        const sentence = speech.text.slice(from, to)
        return isTelling(sentence) && timesIn(sentence).length > 0
      }),
  )

const update: StepCheck = step =>
  tellsWhen(step)
    ? undefined
    : finding(step.given, 'update.missing', {
        message: '没有说下一次消息什么时候来。客户能等，等不了的是没有音信',
        instead: '{通知.下次更新}前我给您一次消息，没修好也告诉您到哪一步了',
      })

const alternative: StepCheck = (step, context) => {
  const limit = agentLines(step).find(one => has(one, 'mark.limit'))
  if (!limit || !isKnown(context, 'mark.alternative') || says(step, 'mark.alternative')) return undefined
  return finding(step.given, 'alternative.missing', {
    message: '只说了做不到，没有说能做什么。每个“做不到”后面跟一个“您可以”',
    quote: limit.line.text,
    instead: '这段时间您可以先……，我这边同时……',
  })
}

const option: StepCheck = (step, context) => {
  const lines = agentLines(step)
  if (lines.length === 0) return undefined
  const when = lines.some(
    ({ speech }) =>
      UPDATE_VARIABLES.test(speech.text) ||
      timesIn(speech.text).length > 0 ||
      /周[一二三四五六日天]/u.test(speech.text),
  )
  const who = !isKnown(context, 'mark.who') || lines.some(one => has(one, 'mark.who'))
  if (when && who) return undefined
  const missing = [who ? '' : '谁来办', when ? '' : '什么时候办'].filter(Boolean).join('、')
  return finding(step.given, 'option.incomplete', {
    message: `方案里没有说${missing}`,
    instead: '由供电所的师傅上门核对，{登记.回复时间}前我把结果告诉您',
  })
}

/** An appliance was damaged and nobody says until when it can be claimed: that must never be kept back. */
const claimPeriod: StepCheck = (step, context, script) => {
  const lines = script.flatMap(one => [...allLines(one), ...one.branches.map(branch => branch.says)])
  const fields = context.lexicons.find(speechOf(script.map(one => fieldText(one.given)).join('\n')))
  const damaged =
    lines.some(one => has(one, 'mark.damage')) || fields.some(one => one.lexicon.group === 'mark.damage')
  const told = lines.some(
    one =>
      byAgent(one) &&
      (has(one, 'mark.claim-period') ||
        one.quotes.some(ref => /[7七](?:日|天)/u.test(context.quote(ref)?.say ?? ''))),
  )
  if (!damaged || told || !isKnown(context, 'mark.claim-period')) return undefined
  return finding(step.given, 'claim.period-missing', {
    message: '客户家的电器坏了，话术里却没有说七日内提出索赔。这个期限不许瞒着',
    instead: '电器坏了，七日内提出来都算数，我现在就给您登记',
  })
}

const comingBack: StepCheck = (step, context) => {
  if (!isKnown(context, 'mark.registered') || !isKnown(context, 'mark.return')) return undefined
  if (!says(step, 'mark.registered'))
    return finding(step.given, 'return.missing', {
      message: '客户的要求没有登记下来就转了话题，听着就是糊弄',
      instead: '您这一条我原样记下了，编号是{登记.编号}',
      severity: 'error',
    })
  if (says(step, 'mark.return') || tellsWhen(step)) return undefined
  return finding(step.given, 'return.missing', {
    message: '转了话题，没有说怎么回到客户原来的要求',
    instead: '这一步办好，咱们再回到您说的这件事上',
  })
}

/** A law is named, and no quote leads to the approved text of it. */
const law: StepCheck = (step, { lexicons }) => {
  const naming = agentLines(step).find(one => has(one, 'mark.law'))
  if (!naming || allLines(step).some(one => one.quotes.length > 0)) return undefined
  const hit = naming.hits.find(one => one.lexicon.group === 'mark.law')!
  const quote = naming.speech.written(hit.start, hit.end)
  if (lexicons.lists.length === 0) return undefined
  return finding(naming.place, 'quote.missing', {
    message: `说到了法规（“${quote}”），没有连到审定过的条目`,
    quote,
  })
}

/** The checks of a step's lines that a guide may ask for, by their rules. */
export const STEP_CHECKS: Partial<Record<ScriptRule, StepCheck>> = {
  'question.missing': question,
  'action.missing': mustSay(
    'action.missing',
    'mark.action',
    '没有说出手上正在做什么，电话那头看不见屏幕，不说就等于没做',
    '我正在看这条线的停电记录',
  ),
  'update.missing': update,
  'alternative.missing': alternative,
  'option.incomplete': option,
  'claim.period-missing': claimPeriod,
  'return.missing': comingBack,
  'thanks.missing': mustSay(
    'thanks.missing',
    'mark.thanks',
    '结束前没有谢客户一句',
    '谢谢您告诉我们短信没收到，这一条我转给供电所查',
  ),
  'closing-question.missing': mustSay(
    'closing-question.missing',
    'mark.closing-question',
    '结束前没有问还有没有别的没解决',
    '还有没有别的没解决的？',
  ),
  'length.key-sentence': keySentence,
  'contact.unchecked': uncheckedContact,
  'quote.missing': law,
}

/** The first lines of the agent within which a word of empathy stands. */
const WITHIN = 3

/** Nobody takes the caller's mood in before the third line of the agent. */
export function empathyMissing(step: HeardStep, context: CheckContext): Finding[] {
  const opening = agentLines(step)
    .filter(one => !one.line.optional)
    .slice(0, WITHIN)
  if (
    opening.length === 0 ||
    !isKnown(context, 'mark.empathy') ||
    opening.some(one => has(one, 'mark.empathy'))
  )
    return []
  return [
    finding(step.given, 'empathy.missing', {
      message: `坐席的前 ${WITHIN} 句里没有一句体谅的话，客户听到的只有盘问`,
      instead: '家里黑着，换谁都着急，给您添麻烦了',
    }),
  ]
}
