import type { Finding } from '#server/contract/script-views.ts'
import { finding, type CheckContext } from './check-context.ts'
import { asksBack, clausesOf, isTelling, promisesNothing, type Clause } from './clauses.ts'
import { figuresIn, figuresOf } from './figures.ts'
import type { Heard } from './heard.ts'
import { isAt, timesIn, type Time } from './times.ts'

const RESTORED =
  /来电(?![^,。]{0,8}(?:以后|之后|后[再就先]))(?!之?后|话|咨询|反映|号码|人|查询|登记|显示|的时间是|没|时(?!间))|电(?:就|能|会|准|肯定|一定|应该|也就){0,2}[来通亮](?!了?(?:之|以)后|话|压|没)|用上电|恢复(?!后|以后|之后)|送上?电|复电(?!后|以后|之后)|合闸送电|能通|线路?修通|修得好|电(?:力)?就?恢复|电就?(?:能)?回来|供电就?正常|电接通|接通|供上|修好(?!后|以后|之后)|抢修完|修完(?!后|以后|之后)|抢通|通电|有电|搞定|修复|修通|抢修好|抢修完成|抢修结束|送上|给你送|[灯电].{0,2}亮|通上|电就?有了|有了电|电.{0,2}(?:送过?[来去]|送到|回来)|合闸(?!之?后|以后|试|成功)|能[用使]电|能亮|就亮|恢复用电|恢复正常|弄好|处理好|处理完/u
/** “半个小时就好” is about the outage only when there is little else in the clause. */
const DONE =
  /^(?:师傅)?[你我再也就大概约最多顶差不等只要有个得是的来]{0,6}(?:就好|就行|就能好|准好|能好|搞定)了?$/u
/** “快了，二十来分钟” */
const SOON = /^(?:快了|快好了|就快了|马上好|就好了|快修好了)$/u
const LITTLE = 6
/** “今天先把插座修好” asks for something; only a time of the clock or a length would promise. */
const ASKED_FOR = /先|趁|请|帮你把/u
/** What is published of all outages is no time of this one. */
const PUBLISHED = /平均|百分之|大多数|统计|的数字|按[^,。]{0,8}规定|受理到/u
const PAID = /缴|[交付]完|[交付]了[费钱]|交清|交费|欠费|付清|结清/u

/** Times of restoration that no notice holds: those of the news are not meant, nor what a variable brings. */
export function promisedTimes(
  { place, line, speech, quotes }: Heard,
  { notice, now, quote: stands }: CheckContext,
): Finding[] {
  if (line.speaker !== 'agent' || quotes.some(ref => figuresIn(stands(ref)?.say ?? '').length > 0)) return []
  const estimate = notice?.estimate ?? null
  const clauses = clausesOf(speech)
  return clauses.flatMap((clause, index) => {
    if (
      promisesNothing(clause.text) ||
      isTelling(clause.text) ||
      asksBack(speech.text.slice(...clause.sentence)) ||
      PAID.test(speech.text) ||
      PUBLISHED.test(speech.text.slice(...clause.sentence))
    )
      return []
    const times = timesIn(clause.text).filter(one => !speech.hidden[clause.start + one.start])
    const told = times.filter(
      one =>
        !(estimate !== null && isAt(one, estimate, now)) &&
        !(one.kind === 'day' && ASKED_FOR.test(clause.text)),
    )
    if (told.length === 0 || !isOfRestoration(clause, times, clauses[index - 1], clauses[index + 1]))
      return []
    const [first, last] = [told[0]!, told.at(-1)!]
    const quote = speech.written(clause.start + first.start, clause.start + last.end)
    return finding(place, 'promise.time', timeWords(quote, estimate))
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

function isOfRestoration(clause: Clause, times: readonly Time[], before?: Clause, after?: Clause): boolean {
  if (RESTORED.test(clause.text)) return true
  const rest = without(clause.text, times)
  if (rest.length > LITTLE) return false
  if (times.some(one => one.kind === 'length') && SOON.test(before?.text ?? '')) return true
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

const ARRIVAL =
  /到场|到现场|赶到|到达|抵达|上门|到你|[就准必会能须定]到|到位|站你|在你|来人|过[来去]|[人车队]到|分钟到|小时到|钟头到|到了/u
const COMES = /师傅|抢修|[人车队]|到|上门/u
const ASSURED =
  /[内准必]|之前|以前|一定|保证|肯定|承诺|最多|最晚|最迟|顶多|不超过|不会超过|就到|绝对|都会|就能|会到|只要|就来|规定|标准|(?:分钟|小时|钟头|刻钟)[准就必]?到$/u
/** What makes a promise of any figure in its sentence, whatever is said of averages before. */
const STRONG =
  /一分钟都?[不没]|铁打的|硬性|铁定|算我的|误不了|没人来|见到人|晚一分|跑不了|[到来]不了[^,]{0,3}(?:算|赔|我|你|找)|没到你?(?:找|来找|就?投诉|我)|掐着表|到点|最[晚迟多]等|(?:保证|一定|肯定|绝对|[准必])[^,]{0,5}(?:到|站|在你|赶|上门|来)|绝对不|不[会可]?(?:拖|晚|迟)|[人车队][^,]{0,4}就到|(?:师傅|抢修队|抢修车)[^,]{0,3}就到|就到你|[人师傅]就到了|不敢[晚迟拖]|得到$/u
/** What is put at stake for it: “90分钟到不了，我给您赔”. */
const FORFEIT = /[到来]不了,?[^,。]{0,3}(?:赔|算我|罚|扣)/u
const AVERAGE = /平均|一般|通常/u
const ROUGH = /平均|一般|通常|大概|大约|左右|上下|来分钟|预计|估计|争取|力争|尽量|可能/u
const PUBLISHED_RULE = /按[^,。们]{1,8}规定/u
const LONGEST = 240

/** Times of arrival told as a promise: what is published are averages. */
export function promisedArrivals({ place, line, speech }: Heard): Finding[] {
  if (line.speaker !== 'agent') return []
  const figures = figuresOf(speech).filter(one => one.unit === 'minutes' && one.value <= LONGEST)
  if (figures.length === 0) return []
  const clauses = clausesOf(speech)
  return clauses.flatMap((clause, index) => {
    const told = figures.find(one => one.start >= clause.start && one.end <= clause.end)
    if (
      !told ||
      promisesNothing(clause.text) ||
      isTelling(clause.text) ||
      (PUBLISHED_RULE.test(speech.text.slice(...clause.sentence)) &&
        !STRONG.test(speech.text.slice(...clause.sentence)))
    )
      return []
    const isPromise =
      assures(clause, told.end - told.start, speech.text) ||
      FORFEIT.test(speech.text.slice(clause.start, clause.sentence[1])) ||
      isBacked(clause, clauses[index + 1], clauses[index + 2])
    return isPromise
      ? finding(place, 'promise.average', arrivalWords(speech.written(told.start, clause.end)))
      : []
  })
}

function assures({ text, sentence: [start, end] }: Clause, told: number, whole: string): boolean {
  if (ROUGH.test(text) || whole.slice(start, end).includes('平均') || !ASSURED.test(text)) return false
  return ARRIVAL.test(text) || (text.length - told <= LITTLE && /[准必]到|就到/u.test(text))
}

/** Whether a figure of arrival is made a promise by what is said beside it: “平均四十五分钟，也就是说您最晚等四十五分钟”. */
function isBacked(clause: Clause, ...after: readonly (Clause | undefined)[]): boolean {
  const near = after.filter(one => one?.sentence[0] === clause.sentence[0]).map(one => one?.text ?? '')
  const own = RESTORED.test(clause.text) ? '' : clause.text
  if (!AVERAGE.test(own) && STRONG.test(own) && COMES.test(own)) return true
  if (![own, ...near].some(one => COMES.test(one)) && !/[城乡农]/u.test(own)) return false
  return near.some(one => STRONG.test(one) && !promisesNothing(one) && !isTelling(one) && !/平均/u.test(one))
}

const arrivalWords = (quote: string) => ({
  message: `“${quote}”把到场的平均时间说成了保证。公开承诺说的是平均时间，路上堵、夜里、雨天都会晚`,
  quote,
  instead: '公开承诺的是平均时间，今天几分钟到我不敢保证，师傅出发了我告诉您',
})
