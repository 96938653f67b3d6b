import { watch } from 'vue'
import { CATEGORIES, SEARCH_KINDS } from '#server/contract/lists.ts'
import { opened, shown } from './answer.ts'
import { area } from './call.ts'
import { category, chosen, kind, text } from './search.ts'

const KEY = 'firstline.desk'

/** What a reload must not lose. No number of a caller is in it. */
export interface Draft {
  text: string
  kind: string
  category: string
  area: string
  chosen: number
  shown: { kind: 'entry' | 'notice'; id: number; opened: boolean } | null
}

const draft = (): Draft => ({
  text: text.value,
  kind: kind.value,
  category: category.value,
  area: area.value,
  chosen: chosen.value,
  shown: shown.value && { kind: shown.value.kind, id: shown.value.id, opened: opened.value },
})

/** Keeps the draft in this tab's storage at every change. Returns what stops it. */
export const keepDraft = (): (() => void) =>
  watch(draft, now => sessionStorage.setItem(KEY, JSON.stringify(now)), { flush: 'post' })

/** Puts the text, filters and area of the draft back; gives the draft, or null when there is none to trust. */
export function restoreDraft(): Draft | null {
  const kept = readDraft()
  if (!kept) return null
  text.value = kept.text
  kind.value = SEARCH_KINDS.find(one => one === kept.kind) ?? ''
  category.value = CATEGORIES.find(one => one === kept.category) ?? ''
  area.value = kept.area
  return kept
}

function readDraft(): Draft | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Partial<Draft> | null
    return kept && typeof kept.text === 'string' && typeof kept.area === 'string'
      ? ({ chosen: -1, shown: null, ...kept } as Draft)
      : null
  } catch {
    return null
  }
}
