import { chinaDay } from '#server/sources/index.ts'
import { valueOf } from './figures.ts'

/** A day as it is named: so many after the day of the call, or one of the calendar, of any month where none is said. */
export type Day = { ahead: number } | { date: number; month?: number }

/**
 * A time that is told: of the clock (minutes of its day, those it may mean; 24 hours and more are the next day's), a length of time, or
 * a part of a day. `day` is there where one is named.
 */
export interface Time {
  kind: 'clock' | 'length' | 'day'
  start: number
  end: number
  minutes: readonly number[]
  day?: Day
}

const DAY =
  '(?:今天|今日|今晚|今夜|今早|今儿个?|明儿个?|明天|明日|明早|明晚|大?后天|当天|当晚|(?:\\d{1,2}月)?\\d{1,2}[日号]|早上|早晨|清早|一早|上午|中午|正午|下午|傍晚|晚上|夜里|半夜|凌晨|晚|早)'
/** What may stand between a day and its hour: “明天大概九点半”. */
const ABOUT = '(?:的|大概|大约|约|差不多|应该|可能|预计|估计|估摸)?'
const HOUR =
  '\\d{1,2}|零|[一二两三四五六七八九][二三四五六七八九]|十[一二]?|二十[一二三]?|[一二两三四五六七八九]'
const CLOCK = `((?:${DAY}${ABOUT}){0,2})(?:(\\d{1,2}):(\\d{2})|(${HOUR})点(?!儿)(?:(半)|(一刻)|(?:来|多)?钟|(\\d{1,2}|[零一二三四五]?十?[一二三四五六七八九]?)分?)?)`
const LENGTH =
  '(?:半个?(?:小时|钟头|天)|个把(?:小时|钟头)|(?:\\d{1,4}(?:\\.\\d)?|[一二两三四五六七八九十几俩]{1,4})(?:多|来)?个?(?:多|半|来|把)?个?(?:小时|钟头|分钟|刻钟|天|工作日))'
/** A part of the day by itself; 早 and 晚 alone are too many other things. */
const PART = `(?:天黑|天亮|下班|饭点|睡觉|晚饭|午饭|晚上|周[一二三四五六日末]|星期[一二三四五六日天]|月底)(?:之?前|以前)|(?:(?:看完|吃完?|做完?)?(?:早饭|午饭|晚饭|新闻联播|天气预报)|睡觉|睡着)(?:那会儿|前后|以后|之后|的?时候|那阵|前|就)|(?:看完|吃完)(?:早饭|午饭|晚饭|新闻联播|天气预报|饭)|吃[个顿]饭|睡一?[个]?觉|打个盹|天擦黑|天一?黑|天一亮|后半夜|前半夜|(?:今|明|后)[天日儿](?:之?[前内]|以前)?${DAY}?|今晚|今夜|明早|明晚|当晚|下午|傍晚|晚上|夜里|半夜|凌晨`
const TIME = new RegExp(`${CLOCK}|(${LENGTH})|(${PART})`, 'gu')

/** The times in a text in comparable form; each is read once, from left to right. “有一点” is no time. */
export const timesIn = (text: string): Time[] =>
  [...text.matchAll(TIME)].flatMap(match => {
    const [found, day = '', hour, minute, spoken, half, quarter, some, length] = match
    const place = { start: match.index, end: match.index + found.length }
    if (length !== undefined) return { ...place, kind: 'length' as const, minutes: [] }
    const named = hour ?? spoken
    const of = dayIn(found)
    const told = { ...place, ...(of && { day: of }) }
    if (named === undefined) return { ...told, kind: 'day' as const, minutes: [] }
    if (found === '一点') return []
    const past = half ? 30 : quarter ? 15 : valueOf(minute ?? some ?? '零')
    return { ...told, kind: 'clock' as const, minutes: minutesOf(valueOf(named), past, day) }
  })

/** The day that is named in a time: 今晚 and 今天 are the day of the call, “31号” one of the calendar. */
function dayIn(found: string): Day | undefined {
  const [, month, date] = /(?:(\d{1,2})月)?(\d{1,2})[日号]/u.exec(found) ?? []
  if (date !== undefined) return { date: Number(date), ...(month && { month: Number(month) }) }
  const ahead = [/今/u, /明/u, /(?<!大)后[天日儿]/u, /大后天/u].findIndex(one => one.test(found))
  return ahead < 0 ? undefined : { ahead }
}

/** The minutes that an hour may mean: “九点半” is half past nine, in the morning or the evening; “晚上一点” is of the day after. */
function minutesOf(hour: number, past: number, day: string): number[] {
  return hoursOf(hour, day).map(one => one * 60 + past)
}

function hoursOf(hour: number, day: string): number[] {
  if (hour > 12) return [hour]
  if (/中午|正午/u.test(day)) return [hour < 11 ? hour + 12 : hour]
  if (/晚|夜|傍/u.test(day)) return [hour < 5 ? hour + 24 : hour + 12]
  if (/下午/u.test(day)) return [hour === 12 ? hour : hour + 12]
  if (/凌晨/u.test(day)) return [hour % 12]
  return /早|上午/u.test(day) ? [hour] : [hour, (hour + 12) % 24]
}

const MINUTE = 60_000
const DAY_LONG = 24 * 60
const BEIJING = 8 * 60

/** The minute of the day, in China, of an instant in ms. */
const minuteOfDay = (at: number): number => (Math.floor(at / MINUTE) + BEIJING) % DAY_LONG

/**
 * Whether a time of the clock is that of an instant `at` (ms), in China. The day counts where one is named; a day like 明天 only where
 * it is known when the call is (`now`, ms).
 */
export const isAt = ({ kind, minutes, day }: Time, at: number, now?: number): boolean =>
  kind === 'clock' &&
  minutes.some(one => {
    if (one % DAY_LONG !== minuteOfDay(at)) return false
    return day === undefined || isOn(day, one < DAY_LONG ? at : at - DAY_LONG * MINUTE, now)
  })

function isOn(day: Day, at: number, now?: number): boolean {
  if ('ahead' in day)
    return now === undefined || chinaDay(at) === chinaDay(now + day.ahead * DAY_LONG * MINUTE)
  const [, month, date] = chinaDay(at).split('-').map(Number)
  return date === day.date && (day.month === undefined || day.month === month)
}
