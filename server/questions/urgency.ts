import type { Urgency } from '#server/contract/question-lists.ts'
import { wordingOf } from '#server/platform/text/likeness.ts'

/** Words that mean a person may come to harm (domain.md §2 and §5: 触电, 断线, 冒烟, 呼吸机 come first). */
const SAFETY = [
  '触电',
  '电到人',
  '被电到',
  '被电了',
  '电着了',
  '电死',
  '麻手',
  '手麻',
  '断线',
  '电线断',
  '线断了',
  '线掉',
  '掉下来的线',
  '落地的线',
  '电线落地',
  '线垂',
  '冒烟',
  '冒火',
  '着火',
  '起火',
  '失火',
  '火花',
  '烧起来',
  '爆炸',
  '炸了',
  '焦味',
  '糊味',
  '漏电',
  '呼吸机',
  '制氧机',
  '吸氧',
  '透析',
  '生命支持',
  '电梯困人',
  '困在电梯',
  '杆倒',
  '倒杆',
  '电杆断',
  '泡水',
  '生命危险',
  '救命',
]
/** Words before one of those that take it back: 没有冒烟, 不是触电. */
const DENIED = /(?:没有|没|未|不是|并非|无|不会|不)(?:发生|出现|看到|看见|听到|闻到|任何|有|再)?$/u
/** Words that tell of a denial which is none: 是不是漏电, 有没有冒烟, 会不会着火. */
const ASKED = /(?:是不是|有没有|会不会)(?:发生|出现|任何|有)?$/u

/** 加急 words: the customer cannot wait for days. */
const URGENT = [
  '加急',
  '紧急',
  '急用',
  '急等',
  '很急',
  '着急',
  '马上要',
  '今天必须',
  '老人',
  '婴儿',
  '病人',
  '高考',
]

/**
 * How soon a question must be answered by its words. Danger to a person always wins; only where every word of danger is
 * plainly denied right before it, it does not count: one question too many at the top harms less than one too few.
 */
export function urgencyOf(text: string): Urgency {
  const wording = wordingOf(text)
  if (SAFETY.some(word => isTold(wording, word))) return 'safety'
  return URGENT.some(word => wording.includes(word)) ? 'urgent' : 'normal'
}

function isTold(wording: string, word: string): boolean {
  for (let at = wording.indexOf(word); at >= 0; at = wording.indexOf(word, at + 1)) {
    const before = wording.slice(Math.max(0, at - 6), at)
    if (!DENIED.test(before) || ASKED.test(before)) return true
  }
  return false
}

/** What is said at once while no approved entry says it better; it asks nobody to touch anything (domain.md §5). */
export const SAFETY_SAY =
  '请您和家人先离开那里，不要碰电线和带电的设备，也不要自己动手处理；有人受伤请马上拨打120。我现在就为您加急登记。'
