import type { Finding } from '#server/contract/script-views.ts'
import { finding, type CheckContext } from './check-context.ts'
import { clausesOf, promisesNothing } from './clauses.ts'
import { figuresOf, valueOf, type Figure } from './figures.ts'
import type { Heard } from './heard.ts'
import type { Speech } from './speech.ts'

const APPROVED = /审批号|审批编号|审批单号|批准号|批准编号|批复/u

const GRANTED =
  /赔|补偿|补你|补给|减免|减半|免掉|免除|免[了你去]|免[一二两三四五六七八九\d]|退[给还你]|退[一二两三四五六七八九\d]|返[还给你]|抵扣|抵[了掉]|优惠|抹掉|照付|垫|送你|送[一二两三四五六七八九\d]|报销|红包|愿意出|[我们]出[一二两三四五六七八九\d]|给你(?!发|打|回|说|念|看|算|查)|充[一二两三四五六七八九\d]|不用交|少收你|我们认|[给帮替]你抹|抹了|打到|到账上|误工费给|给你(?:报|算|免|赔|退|补)|掏[一二两三四五六七八九\d]/u
/** Sums told without a unit: “赔八百”, “给您两千”. */
const BARE =
  /(?:赔|退|补|免|给|出|送|抵|按|垫|打|报|药钱|误工费|违约金|运费|路费)(?:你|你家|掉|了|你们){0,2}((?:[一二两三四五六七八九]{1,2}[百千万]){1,3}[一二三四五六七八九]?|\d{3,6})(?![\d元块圆多个次号天日年月户张条第度千瓦k:.百千万点])/gu
/** Sums told before what is done with them: “冰箱两千八，照价给您赔”. */
const BARE_BEFORE =
  /((?:[一二两三四五六七八九]{1,2}[百千万]){1,3}[一二三四五六七八九]?|\d{3,6})(?:的?(?:违约金|滞纳金|电费|费用|钱|罚款)|我|我们|都|就|全|照价|原价|全额|如数|,){1,4}(?:给你)?[赔退补免抹]/gu
/** What says that a sum is not granted: it is asked for, noted, or still to be approved. */
const PENDING =
  /不能答应|没法答应|答应不了|要批|要报批|主管批|要.{0,4}审批|写上|写进|记下|记上|照写|转给|要核|等核|核实以后|够不够|不是我定|我报上|报上去|买的|账户|已经到账|冲抵|交的|那次|去年|上次|上月|上个月|预存|块儿/u

/** Sums an agent may not grant: above the limit, and without the number of an approval in the line or in a field of the step. */
export function grantedSums(
  { place, line, speech }: Heard,
  { authorityLimit }: CheckContext,
  isApproved: boolean,
): Finding[] {
  if (line.speaker !== 'agent' || isApproved || APPROVED.test(speech.text)) return []
  const sums = [...figuresOf(speech).filter(one => one.unit === 'yuan'), ...bareSums(speech)].filter(
    one => one.value > authorityLimit,
  )
  if (sums.length === 0) return []
  return clausesOf(speech).flatMap(clause => {
    const sum = sums.find(one => one.start >= clause.start && one.end <= clause.end)
    const [start, end] = clause.sentence
    const near = speech.text.slice(Math.max(start, clause.start - 12), Math.min(end, clause.end + 12))
    if (
      !sum ||
      !GRANTED.test(near) ||
      promisesNothing(clause.text) ||
      PENDING.test(speech.text.slice(start, end))
    )
      return []
    const quote = speech.written(sum.start, sum.end)
    return finding(place, 'amount.unauthorised', {
      message: `“${quote}”超出坐席授权的 ${authorityLimit} 元，也没有审批号。没批下来的数额不能说`,
      quote,
      instead: '赔多少、免多少要核实以后按办法算，{登记.回复时间}前把怎么算的告诉您',
    })
  })
}

function bareSums({ text, hidden }: Speech): Pick<Figure, 'value' | 'start' | 'end'>[] {
  const found = [...text.matchAll(BARE), ...text.matchAll(BARE_BEFORE)]
  return found.flatMap(({ 0: all, 1: number = '', index }) => {
    const start = index + all.indexOf(number)
    const value = spokenValue(number)
    return hidden[index] ? [] : [{ value, start, end: start + number.length }]
  })
}

/** The value of a sum as it is said: “两千八” is 2800. */
function spokenValue(number: string): number {
  const short = /([百千万])([一二三四五六七八九])$/u.exec(number)
  if (!short) return valueOf(number)
  return valueOf(number.slice(0, -1)) + valueOf(`一${short[1]}`) * 0.1 * valueOf(short[2] ?? '零')
}
