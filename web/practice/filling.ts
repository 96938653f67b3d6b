import type { ScriptView } from '#server/contract/script-views.ts'
import { me } from '../api/index.ts'
import { quotingOf, type Filling, type Quoting } from '../reading/script-words.ts'

/** There is no call in a practice: only who practises is known, the rest is to be said by oneself. */
export const fillAlone: Filling = name => {
  const known = { '坐席.姓名': me.value?.name, '坐席.工号': me.value?.workNo }[name as string]
  return known === undefined ? { gap: 'script.gap.practice' } : { text: known }
}

/** Quotes of entries as they are in force; a notice stands for whatever holds at the time. */
export const quotesAlone =
  (script: ScriptView): Quoting =>
  ref =>
    ref.startsWith('notice:')
      ? { title: null, state: 'current', gap: 'script.gap.noticeThen' }
      : quotingOf(script.quotes)(ref)
