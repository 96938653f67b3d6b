const DIGITS = '零一二三四五六七八九'
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
const FIGURE = new RegExp(`([0-9.]+|[零一二两三四五六七八九十百]+)(${UNITS.join('|')})`, 'gu')

/** The numbers of a text by their unit, as digits: 七天 and 7日 are both 7 天. */
export function figuresIn(text: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const [, number = '', unit = ''] of text.normalize('NFKC').matchAll(FIGURE)) {
    const name = unit === '日' ? '天' : unit.replace(/^个(?=工作日)/u, '')
    found.set(name, (found.get(name) ?? new Set()).add(digitsOf(number)))
  }
  return found
}

/** 二十四 as 24; a number already in digits stays. */
function digitsOf(number: string): string {
  if (/^[0-9.]+$/u.test(number)) return String(Number(number))
  let total = 0
  let digit = 0
  for (const mark of number.replaceAll('两', '二')) {
    if (mark === '十') total += (digit || 1) * 10
    else if (mark === '百') total += (digit || 1) * 100
    digit = mark === '十' || mark === '百' ? 0 : Math.max(0, DIGITS.indexOf(mark))
  }
  return String(total + digit)
}
