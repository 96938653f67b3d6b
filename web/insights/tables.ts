import { onBeforeUnmount, onMounted, ref, shallowRef } from 'vue'
import { downloadCsv } from './csv.ts'
import type { ChartTable } from './drawing.ts'

/** A table of the page that can be had as a file. */
export interface Offered {
  title: string
  table: ChartTable
}

/** The tables that are on the page now, in the order they came. */
export const offered = shallowRef<readonly (() => Offered)[]>([])
/** Whether it is asked which of them is wanted. */
export const choosing = ref(false)

/** Lets a table be had as a file while its part of the page is there. */
export function offerTable(of: () => Offered): void {
  onMounted(() => (offered.value = [...offered.value, of]))
  onBeforeUnmount(() => (offered.value = offered.value.filter(one => one !== of)))
}

/** Hands over the table with this index. */
export function download(index: number): void {
  const wanted = offered.value[index]?.()
  if (!wanted) return
  downloadCsv(wanted.title, wanted.table)
  choosing.value = false
}
