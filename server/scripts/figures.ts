import type { Speech } from './speech.ts'

/** A number with its unit: minutes, days, working days, yuan or percent. */
export interface Figure {
  value: number
  unit: 'minutes' | 'days' | 'workdays' | 'yuan' | 'percent' | 'months'
  start: number
  end: number
}

const NUMBER = String.raw`\d{1,9}(?:\.\d{1,2})?|[零一二两三四五六七八九十百千万]{1,9}|半`
const FIGURE = new RegExp(
  String.raw`(?<![\d.:月点年第])(${NUMBER})(万)?(个)?(半)?(工作日|小时|钟头|分钟|刻钟|天|日|周|个月|月|元|块|圆|%)`,
  'gu',
)
const UNITS: Record<string, [Figure['unit'], number]> = {
  工作日: ['workdays', 1],
  小时: ['minutes', 60],
  钟头: ['minutes', 60],
  分钟: ['minutes', 1],
  刻钟: ['minutes', 15],
  天: ['days', 1],
  日: ['days', 1],
  周: ['days', 7],
  月: ['months', 1],
  元: ['yuan', 1],
  块: ['yuan', 1],
  圆: ['yuan', 1],
  '%': ['percent', 1],
}

/** The figures of a text in comparable form. Of “7月31日” there is none: it is a day of the calendar. */
export const figuresIn = (text: string): Figure[] =>
  [...text.matchAll(FIGURE)].flatMap(
    ({ 0: found, 1: number = '', 2: myriad, 3: each, 4: half, 5: name = '', index }) => {
      if (name === '月' && !each) return []
      const [unit, times] = UNITS[name] ?? ['days', 1]
      const value = (valueOf(number) * (myriad ? 10_000 : 1) + (half ? 0.5 : 0)) * times
      return { value, unit, start: index, end: index + found.length }
    },
  )

/** Figures an utterance says in its speaker's own words. */
export const figuresOf = ({ text, hidden }: Speech): Figure[] =>
  figuresIn(text).filter(one => !hidden[one.start])

const DIGITS = '零一二三四五六七八九'
const TENS: Record<string, number> = { 十: 10, 百: 100, 千: 1000 }

/** The value of a number in digits or Chinese characters; 半 is a half. */
export function valueOf(number: string): number {
  if (number === '半') return 0.5
  if (/^\d/u.test(number)) return Number(number)
  let [sum, section, last] = [0, 0, 0]
  for (const character of number.replaceAll('两', '二')) {
    const digit = DIGITS.indexOf(character)
    if (digit >= 0) last = digit
    else if (character === '万') [sum, section, last] = [sum + (section + last) * 10_000, 0, 0]
    else [section, last] = [section + (last || 1) * (TENS[character] ?? 1), 0]
  }
  return sum + section + last
}
