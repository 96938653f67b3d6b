import type { Finding } from '#server/contract/script-views.ts'
import { finding, type CheckContext } from './check-context.ts'
import { asksBack, clausesOf, isTelling, promisesNothing, type Clause } from './clauses.ts'
import { figuresIn, figuresOf } from './figures.ts'
import type { Heard } from './heard.ts'
import { minuteOfDay, timesIn, type Time } from './times.ts'

const RESTORED =
  /来电(?!话|咨询|反映|号码|人|查询|登记|显示|的时候|时(?!间))|电就?[来通亮]|用上电|恢复(?!后|以后|之后)|送上?电|复电|修好(?!后|以后|之后)|抢修完|修完(?!后|以后|之后)|抢通|通电|有电|搞定|修复|修通|抢修好|抢修完成|抢修结束|送上|给你送|灯就?亮|恢复正常|弄好|处理好|处理完/u
/** “半个小时就好” is about the outage only when there is little else in the clause. */
const DONE = /^(?:师傅)?[你我再也就大概约最多顶差不等只要有个得是的来]{0,6}(?:就好|就行|就能好)了?$/u
const LITTLE = 6
/** “今天先把插座修好” asks for something; only a time of the clock or a length would promise. */
const ASKED_FOR = /先|趁|请|帮你把/u
const PAID = /缴|交清|交费|欠费|付清|结清/u

/** Times of restoration that no notice holds: those of the news are not meant, nor what a variable brings. */
export function promisedTimes(
  { place, line, speech, quotes }: Heard,
  { notice, quote: stands }: CheckContext,
): Finding[] {
  if (line.speaker !== 'agent' || quotes.some(ref => figuresIn(stands(ref)?.say ?? '').length > 0)) return []
  const clauses = clausesOf(speech)
  return clauses.flatMap((clause, index) => {
    if (
      promisesNothing(clause.text) ||
      isTelling(clause.text) ||
      asksBack(speech.text.slice(...clause.sentence)) ||
      PAID.test(speech.text)
    )
      return []
    const times = timesIn(clause.text).filter(one => !speech.hidden[clause.start + one.start])
    const told = times.filter(
      one =>
        !isEstimate(one, notice?.estimate ?? null) && !(one.kind === 'day' && ASKED_FOR.test(clause.text)),
    )
    if (told.length === 0 || !isOfRestoration(clause, times, clauses[index - 1], clauses[index + 1]))
      return []
    const [first, last] = [told[0]!, told.at(-1)!]
    const quote = speech.written(clause.start + first.start, clause.start + last.end)
    return finding(place, 'promise.time', timeWords(quote, notice?.estimate ?? null))
  })
}

const timeWords = (quote: string, estimate: number | null) => ({
  message: `“${quote}”是恢复供电的时间，${estimate === null ? '通知里没有这个时间' : '和通知的预计恢复时间不同'}。没有核实的时间说出去就成了许诺`,
  quote,
  instead:
    estimate === null
      ? '几点来电我现在说不准，能定的是{通知.下次更新}前给您一次消息'
      : '预计{通知.预计恢复}恢复，有变化我马上告诉您',
})

const isEstimate = ({ kind, minutes }: Time, estimate: number | null): boolean =>
  kind === 'clock' && estimate !== null && minutes.includes(minuteOfDay(estimate))

function isOfRestoration(clause: Clause, times: readonly Time[], before?: Clause, after?: Clause): boolean {
  if (RESTORED.test(clause.text)) return true
  const rest = without(clause.text, times)
  if (rest.length > LITTLE) return false
  if (DONE.test(rest) && times.some(one => one.kind !== 'day')) return true
  return [before, after].some(
    near =>
      near?.sentence[0] === clause.sentence[0] &&
      RESTORED.test(near.text) &&
      !isTelling(near.text) &&
      !promisesNothing(near.text),
  )
}

function without(text: string, times: readonly Time[]): string {
  let rest = ''
  let from = 0
  for (const { start, end } of times) {
    rest += text.slice(from, start)
    from = end
  }
  return rest + text.slice(from)
}

const ARRIVAL = /到场|到现场|赶到|到达|抵达|上门|到你|[就准必会能须]到|到位/u
const ASSURED = /[内准必]|之前|以前|一定|保证|肯定|承诺|最多|最晚|最迟|不超过|就到|绝对|都会|就能|会到/u
const ROUGH = /平均|一般|通常|大概|大约|左右|预计|估计|争取|力争|尽量/u
const LONGEST = 240

/** Times of arrival told as a promise: what is published are averages. */
export function promisedArrivals({ place, line, speech }: Heard): Finding[] {
  if (line.speaker !== 'agent') return []
  const figures = figuresOf(speech).filter(one => one.unit === 'minutes' && one.value <= LONGEST)
  if (figures.length === 0) return []
  return clausesOf(speech).flatMap(clause => {
    const told = figures.find(one => one.start >= clause.start && one.end <= clause.end)
    const [start, end] = clause.sentence
    const hedged = ROUGH.test(clause.text) || speech.text.slice(start, end).includes('平均')
    const isShort = clause.text.length - (told ? told.end - told.start : 0) <= LITTLE
    const assured =
      ASSURED.test(clause.text) &&
      (ARRIVAL.test(clause.text) || (isShort && /[准必]到|就到/u.test(clause.text)))
    if (!told || hedged || !assured || promisesNothing(clause.text)) return []
    return finding(place, 'promise.average', arrivalWords(speech.written(told.start, clause.end)))
  })
}

const arrivalWords = (quote: string) => ({
  message: `“${quote}”把到场的平均时间说成了保证。公开承诺说的是平均时间，路上堵、夜里、雨天都会晚`,
  quote,
  instead: '公开承诺的是平均时间，今天几分钟到我不敢保证，师傅出发了我告诉您',
})

const GRANTED = /赔|补偿|减免|免掉|免除|免[了你去]|退[给还你]|返还|补给|抵扣|优惠|抹掉/u
const APPROVED = /审批号|审批编号|审批单号|批准号|批准编号|批复/u

/** Sums an agent may not grant: above the limit, and without the number of an approval in the line or in a field of the step. */
export function grantedSums(
  { place, line, speech }: Heard,
  { authorityLimit }: CheckContext,
  isApproved: boolean,
): Finding[] {
  if (line.speaker !== 'agent' || isApproved || APPROVED.test(speech.text)) return []
  const sums = figuresOf(speech).filter(one => one.unit === 'yuan' && one.value > authorityLimit)
  if (sums.length === 0) return []
  return clausesOf(speech).flatMap(clause => {
    const sum = sums.find(one => one.start >= clause.start && one.end <= clause.end)
    const [start, end] = clause.sentence
    const isGrant =
      GRANTED.test(clause.text) ||
      GRANTED.test(speech.text.slice(Math.max(start, clause.start - 12), Math.min(end, clause.end + 12)))
    if (!sum || !isGrant || promisesNothing(clause.text)) return []
    const quote = speech.written(sum.start, sum.end)
    return finding(place, 'amount.unauthorised', {
      message: `“${quote}”超出坐席授权的 ${authorityLimit} 元，也没有审批号。没批下来的数额不能说`,
      quote,
      instead: '赔多少、免多少要核实以后按办法算，{登记.回复时间}前把怎么算的告诉您',
    })
  })
}

/** Whether a text names an approval. */
export const namesApproval = (text: string): boolean => APPROVED.test(text)
