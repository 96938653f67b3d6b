import { computed, nextTick, ref, shallowRef, watch } from 'vue'
import type { ScriptVariable } from '#server/contract/script-lists.ts'
import { inlinePieces } from '../reading/script-lines.ts'
import { current, openCallId } from './call.ts'
import { lines, step } from './following.ts'
import { goTo } from './places.ts'

/**
 * What the caller told for the gaps of a script. Names, numbers and addresses of customers: they are in this page's memory until the
 * call is over, and nothing here may send or store them.
 */
const told = shallowRef<Readonly<Partial<Record<ScriptVariable, string>>>>({})

/** What was put in for a variable in this call; empty without. */
export const toldOf = (name: ScriptVariable): string => told.value[name] ?? ''
export function noteTold(name: ScriptVariable, words: string): void {
  told.value = { ...told.value, [name]: words.trim() }
}

/** What only the caller can tell of the lines said here, each once. */
export const askedHere = computed<ScriptVariable[]>(() => {
  const pieces = lines.value.flatMap(one => inlinePieces(one.text))
  const names = pieces.flatMap(one => (one.kind === 'variable' ? [one.text as ScriptVariable] : []))
  return [...new Set(names.filter(name => name.startsWith('客户.')))]
})

/** Whether the boxes for them stand under the words of the step. */
export const gapsOpen = ref(false)

/** The id of the box of a gap. */
export const gapId = (name: ScriptVariable): string => `desk-gap-${name}`
const box = (name: ScriptVariable | undefined) =>
  name === undefined ? null : document.getElementById(gapId(name))

/** Opens the boxes, on the first that is still empty. */
export async function openGaps(): Promise<void> {
  gapsOpen.value = true
  await nextTick()
  box(askedHere.value.find(name => toldOf(name) === '') ?? askedHere.value[0])?.focus()
}

/** Goes on to the next box, from the last back to the step. */
export function leaveGap(name: ScriptVariable): void {
  const next = box(askedHere.value[askedHere.value.indexOf(name) + 1])
  if (next) next.focus()
  else closeGaps()
}

export function closeGaps(): void {
  goTo('answer')
  gapsOpen.value = false
}

/** What was told is forgotten with the end of its call; boxes belong to their step. Returns what stops the watching. */
export function followGaps(): () => void {
  const undo = [
    watch([openCallId, () => current.value?.id], () => (told.value = {}), { flush: 'sync' }),
    watch(
      () => step.value?.step,
      () => (gapsOpen.value = false),
    ),
    () => (told.value = {}),
  ]
  return () => undo.forEach(stop => stop())
}
