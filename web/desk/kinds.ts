import { SEARCH_KINDS, type SearchKind } from '#server/contract/lists.ts'
import { kind, kindCounts } from './search.ts'

/** Kinds to offer as filters: those that the reply counts, and the one that is set. */
export function offeredKinds(): SearchKind[] {
  return SEARCH_KINDS.filter(one => (kindCounts.value[one] ?? 0) > 0 || one === kind.value)
}

/** The filter `step` places on from the one that is set; "all kinds" ('') is one of the places. */
export function nextKind(step: number): SearchKind | '' {
  const round: (SearchKind | '')[] = ['', ...offeredKinds()]
  return round[(round.indexOf(kind.value) + step + round.length) % round.length] ?? ''
}
