const DIGITS = '零一二三四五六七八九'
const PLACES: Record<string, number> = { 十: 10, 百: 100, 千: 1000 }
const UNITS = [
  '个工作日',
  '工作日',
  '小时',
  '分钟',
  '个月',
  '天',
  '日',
  '元',
  '伏',
  '千瓦',
  '米',
  '倍',
  '年',
  '%',
]
// what follows a month or another digit is a date, and a year of four digits is one too
const FIGURE = new RegExp(
  `(?<![0-9.零〇一二三四五六七八九十百千万年月])([0-9]+(?:\\.[0-9]+)?|[零一二三四五六七八九十百千万]+?)(${UNITS.join('|')})`,
  'gu',
)

/** The numbers of a text by their unit, as digits: 七天 and 7日 are both 7 天. Dates and years are no figures. */
export function figuresIn(text: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const [, number = '', unit = ''] of plain(text).matchAll(FIGURE)) {
    const value = valueOf(number)
    if (unit === '年' && value >= 1000) continue
    const name = unit === '日' ? '天' : unit.replace(/^个(?=工作日)/u, '')
    found.set(name, (found.get(name) ?? new Set()).add(String(value)))
  }
  return found
}

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll('两', '二')
    .replaceAll(/(?<=[0-9]),(?=[0-9]{3})/gu, '')

/** 二十四 is 24, 一千五百 1500, 三万 30000. */
function valueOf(number: string): number {
  if (/^[0-9]/u.test(number)) return Number(number)
  const [thousands, rest] = number.includes('万') ? number.split('万', 2) : ['', number]
  return below(thousands ?? '') * 10_000 + below(rest ?? '')
}

function below(number: string): number {
  let total = 0
  let digit = 0
  for (const mark of number) {
    const place = PLACES[mark]
    if (place !== undefined) total += (digit || 1) * place
    digit = place === undefined ? DIGITS.indexOf(mark) : 0
  }
  return total + digit
}
