import { valueOf } from './figures.ts'

/** A time that is told: of the clock (minutes of the day, those it may mean), a length of time, or a part of a day. */
export interface Time {
  kind: 'clock' | 'length' | 'day'
  start: number
  end: number
  minutes: readonly number[]
}

const DAY =
  '(?:今天|今日|今晚|今夜|今早|明天|明日|明早|明晚|后天|当天|当晚|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|半夜|凌晨|晚|早)'
const HOUR =
  '\\d{1,2}|零|[一二两三四五六七八九][二三四五六七八九]|十[一二]?|二十[一二三]?|[一二两三四五六七八九]'
const CLOCK = `(${DAY}{0,2})(?:(\\d{1,2}):(\\d{2})|(${HOUR})点(?!儿)(?:(半)|(一刻)|(\\d{1,2}|[零一二三四五]?十?[一二三四五六七八九]?)分?)?)`
const LENGTH =
  '(?:半个?(?:小时|钟头|天)|(?:\\d{1,4}(?:\\.\\d)?|[一二两三四五六七八九十几]{1,4})(?:多|来)?个?(?:多|半|来|把)?个?(?:小时|钟头|分钟|刻钟|天|工作日))'
/** A part of the day by itself; 早 and 晚 alone are too many other things. */
const PART = `(?:天黑|天亮|下班|饭点|睡觉|晚饭|午饭)(?:之?前|以前)|(?:今|明|后)[天日](?:之?[前内]|以前)?${DAY}?|今晚|今夜|明早|明晚|当晚|下午|傍晚|晚上|夜里|半夜|凌晨`
const TIME = new RegExp(`${CLOCK}|(${LENGTH})|(${PART})`, 'gu')

/** The times in a text in comparable form; each is read once, from left to right. “有一点” is no time. */
export const timesIn = (text: string): Time[] =>
  [...text.matchAll(TIME)].flatMap(match => {
    const [found, day = '', hour, minute, spoken, half, quarter, some, length] = match
    const place = { start: match.index, end: match.index + found.length }
    if (length !== undefined) return { ...place, kind: 'length' as const, minutes: [] }
    const named = hour ?? spoken
    if (named === undefined) return { ...place, kind: 'day' as const, minutes: [] }
    if (found === '一点') return []
    const past = half ? 30 : quarter ? 15 : valueOf(minute ?? some ?? '零')
    return { ...place, kind: 'clock' as const, minutes: minutesOf(valueOf(named), past, day) }
  })

/** The minutes of the day that an hour may mean: “九点半” is half past nine, in the morning or the evening. */
function minutesOf(hour: number, past: number, day: string): number[] {
  const late = /晚|夜|傍|下午/u.test(day)
  const early = /早|凌晨|上午/u.test(day)
  const hours = hour > 12 ? [hour] : late ? [hour + 12] : early ? [hour] : [hour, hour + 12]
  return hours.map(one => (one % 24) * 60 + past)
}

const BEIJING = 8 * 60

/** The minute of the day, in China, of an instant in ms. */
export const minuteOfDay = (at: number): number => (Math.floor(at / 60_000) + BEIJING) % (24 * 60)
