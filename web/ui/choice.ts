import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'

/** A list of which keys act on one row. */
export interface Choice<T> {
  /** Index of the row; -1 while there is none. */
  at: Ref<number>
  row: ComputedRef<T | undefined>
  move: (step: number) => void
}

/** Chooses among `rows`; after a change the row with the same id stays chosen, else the one that took its place. */
export function choiceOf<T>(rows: Readonly<Ref<readonly T[]>>, idOf: (row: T) => number): Choice<T> {
  const at = ref(-1)
  const fit = (index: number) => Math.min(Math.max(index, 0), rows.value.length - 1)
  watch(
    rows,
    (now, before) => {
      const chosen = before?.[at.value]
      const same = chosen === undefined ? -1 : now.findIndex(row => idOf(row) === idOf(chosen))
      at.value = same >= 0 ? same : fit(at.value)
    },
    { flush: 'sync' },
  )
  return { at, row: computed(() => rows.value[at.value]), move: step => (at.value = fit(at.value + step)) }
}
