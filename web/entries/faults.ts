import { computed, shallowRef } from 'vue'
import type { RevisionField } from '#server/contract/lists.ts'
import { faultWording } from '../reading/fault-wording.ts'
import { sortedBy } from '../ui/sorted.ts'
import { sectionOf } from './sections.ts'
import { fieldOfPath } from './texts.ts'

/** What keeps a text from being taken, by field: a key of the locale files and what is filled in. */
export interface Fault {
  field: RevisionField
  key: string
  values: Record<string, string>
}

const faults = shallowRef<readonly Fault[]>([])

export const allFaults = computed(() => faults.value)
export const faultsOf = (field: RevisionField): Fault[] => faults.value.filter(one => one.field === field)

/** Takes the faults a refusal named, in the order of the form. */
export function noteFaults(found: readonly { path: string; message: string }[]): void {
  const known = found.flatMap(({ path, message }) => {
    const field = fieldOfPath(path)
    return field ? [{ field, ...worded(field, message) }] : []
  })
  faults.value = sortedBy(known, one => sectionOf(one.field))
}

/** A field that is being mended is not complained about. */
export function forgetFaults(field: RevisionField): void {
  if (faultsOf(field).length > 0) faults.value = faults.value.filter(one => one.field !== field)
}

function worded(field: RevisionField, message: string): Pick<Fault, 'key' | 'values'> {
  const { key, count } = faultWording(message)
  return { key, values: { field, count } }
}
