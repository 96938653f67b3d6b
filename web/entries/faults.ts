import { computed, shallowRef } from 'vue'
import type { RevisionField } from '#server/contract/lists.ts'
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
    return field ? [{ field, ...wordingOf(field, message) }] : []
  })
  faults.value = sortedBy(known, one => sectionOf(one.field))
}

/** A field that is being mended is not complained about. */
export function forgetFaults(field: RevisionField): void {
  if (faultsOf(field).length > 0) faults.value = faults.value.filter(one => one.field !== field)
}

/** The server's messages are for programs: those a writer can meet have words of their own. */
const WORDED: readonly (readonly [message: RegExp, key: string])[] = [
  [/^required$/u, 'write.fault.required'],
  [/must cite its source/u, 'write.fault.basis'],
  [/must be in the future/u, 'write.fault.past'],
  [/must be after validFrom/u, 'write.fault.order'],
  [/must not hold an empty wording/u, 'write.fault.emptyWording'],
  [/not have more than|columns at most/iu, 'write.fault.tooMuch'],
  [/control character/u, 'write.fault.control'],
]

function wordingOf(field: RevisionField, message: string): Pick<Fault, 'key' | 'values'> {
  const key = WORDED.find(([pattern]) => pattern.test(message))?.[1] ?? 'write.fault.other'
  return { key, values: { field, count: /\d+/u.exec(message)?.[0] ?? '' } }
}
