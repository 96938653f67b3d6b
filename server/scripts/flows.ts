import type { Stage, StepNumber } from '#server/contract/script-lists.ts'
import { STAGES } from '#server/contract/script-lists.ts'
import { plainText } from '#server/platform/markdown/render.ts'

const ROW = /^\|\s*(\d{1,2})[.、 ]?\s*([^|\s][^|]*)\|(.+)\|\s*$/u
const ITEM = /^ {0,3}(\d{1,2})[.)、）]\s*(\S.*)$/u

/**
 * The first numbered steps of a Markdown text, from 1 on, as plain words: rows of a table whose first cell begins with the number, or
 * an ordered list. Fewer than two are none.
 */
export function numberedSteps(markdown: string): string[] {
  const found: string[] = []
  for (const line of markdown.split('\n')) {
    const [number, words] = numbered(line)
    if (number === found.length + 1) found.push(words)
    else if (number === 1 && found.length < 2) found.splice(0, found.length, words)
  }
  return found.length < 2 ? [] : found
}

function numbered(line: string): [number: number, words: string] {
  const [, row, name = '', rest = ''] = ROW.exec(line) ?? []
  if (row !== undefined)
    return [
      Number(row),
      plain(
        `${name.trim()}：${rest
          .split('|')
          .map(cell => cell.trim())
          .filter(Boolean)
          .join('；')}`,
      ),
    ]
  const [, item, words = ''] = ITEM.exec(line) ?? []
  return item === undefined ? [0, ''] : [Number(item), plain(words)]
}

const plain = (markdown: string): string => plainText(markdown).replace(/\s+/gu, ' ').trim()

/** The words by which a step of a flow 处理流程 tells its stage (domain.md §1.8): the first stage of which it has one. */
const WORDS: Record<Stage, RegExp> = {
  accept: /安抚|情绪|隔离|接待|受理|道歉|以礼|倾听|聆听|认同|接受|共情/u,
  enquire: /原因|搜集|收集|信息|需求|查询|核实|核对|问清|确认需求/u,
  clarify: /期望|解释|澄清|分析|说明/u,
  propose: /方案|达成|一致|共识|征求|跟踪|追踪|落实|反馈|回复|答复|变诉为金/u,
}

/** The steps of the nine of each stage, of which domain.md §2 has step 1 in two. */
const TARGETS: Record<Stage, readonly StepNumber[]> = {
  accept: [1, 2, 3],
  enquire: [4],
  clarify: [5, 6, 7],
  propose: [8, 9],
}

/** To which of the nine steps each step of a flow goes: its stage by its name, else by its place, never back to an earlier one. */
export function laidOnNine(steps: readonly string[]): StepNumber[] {
  let reached = 0
  const stages = steps.map((words, index) => {
    const name = words.split('：', 1)[0] ?? ''
    const named = STAGES.findIndex(stage => WORDS[stage].test(name))
    const placed = Math.floor(((index + 0.5) / steps.length) * STAGES.length)
    reached = Math.max(reached, named === -1 ? placed : named)
    return STAGES[reached]!
  })
  return stages.map((stage, index) => {
    const all = stages.filter(one => one === stage).length
    const place = stages.slice(0, index).filter(one => one === stage).length
    return TARGETS[stage][Math.floor((place * TARGETS[stage].length) / all)]!
  })
}
