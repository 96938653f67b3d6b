import type { Speaker } from '#server/contract/script-lists.ts'
import type { ScriptText, StepTarget } from '#server/contract/script.ts'

/** The headings under which a step's body has its lines and its branches; no field may have these names. */
export const LINES = '话术'
export const BRANCHES = '若客户说'

export const SPEAKER_NAMES: Record<Speaker, string> = { agent: '坐席', customer: '客户' }
export const OPTIONAL = '（可选）'
export const ARROW = '→'
const END = '结束通话'

/** Where the call goes on, as it is written. */
export const targetText = (to: StepTarget): string => (to === 'end' ? END : `第 ${to} 步`)

/** The target that a text names; undefined when it names none. */
export function targetOf(text: string): StepTarget | undefined {
  if (text === END) return 'end'
  const number = /^第 ?(\d{1,2}) ?步$/u.exec(text)?.[1]
  return number === undefined ? undefined : Number(number)
}

/** What stands in the front matter of a body. */
export type ScriptHead = Omit<ScriptText, 'steps'>
