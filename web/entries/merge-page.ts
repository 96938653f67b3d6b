import { computed, ref, shallowRef, watch } from 'vue'
import type { FieldDiff } from '#server/contract/diff.ts'
import type { RevisionField } from '#server/contract/lists.ts'
import { call } from '../api/index.ts'
import { dayFrom, lastDayBefore } from '../ui/days.ts'
import { differences, firstChoices, merged, type Difference, type Side } from './merge.ts'
import { sourceOf } from '../reading/sources.ts'
import type { Draft } from './texts.ts'
import { conflict, left, resolve, takeUp, text } from './writing.ts'

/** Two texts that have to become one. */
interface Parting {
  /** Who stands for “theirs”: another person, or the server as against this computer. */
  between: 'people' | 'copies'
  base: Draft
  mine: Draft
  theirs: Draft
}

/** Whether the page of the merge is shown. */
export const merging = ref(false)
export const choices = shallowRef<ReadonlyMap<RevisionField, Side>>(new Map())
/** The differences word by word; a field is absent until the server compared it. */
export const diffs = shallowRef<readonly FieldDiff[]>([])

export const parting = computed<Parting | undefined>(() => {
  if (!text.value) return undefined
  if (conflict.value) {
    const { base, theirs } = conflict.value
    return { between: 'people', base, mine: text.value, theirs: theirs.text }
  }
  if (!left.value) return undefined
  return { between: 'copies', base: left.value.base, mine: left.value.text, theirs: text.value }
})
export const found = computed<readonly Difference[]>(() =>
  parting.value ? differences(parting.value.base, parting.value.mine, parting.value.theirs) : [],
)
export const result = computed(
  () => parting.value && merged(parting.value.mine, parting.value.theirs, found.value, choices.value),
)

export const pick = (field: RevisionField, side: Side): void =>
  void (choices.value = new Map(choices.value).set(field, side))
export const pickAll = (side: Side): void =>
  void (choices.value = new Map(found.value.map(({ field }) => [field, side])))

/** Opens the merge with what one side alone changed already chosen. */
export async function beginMerge(): Promise<void> {
  choices.value = firstChoices(found.value)
  merging.value = true
  await compare()
}

/** Takes the choices over, once each field has one. */
export async function endMerge(): Promise<void> {
  if (!result.value || !parting.value) return
  merging.value = false
  const copy = left.value
  if (parting.value.between === 'people') await resolve(result.value)
  else if (copy) takeUp(result.value, copy)
}

/** What is chosen from after a reload is shown at once; the merge of two people waits until the writer turns to it. */
export const followParting = (): (() => void) =>
  watch(left, now => now && void beginMerge(), { immediate: true })

async function compare(): Promise<void> {
  const now = parting.value
  if (!now) return
  diffs.value = []
  for (const { field } of found.value) {
    const before = fieldText(now.theirs, field)
    const after = fieldText(now.mine, field)
    const { parts } = await call('POST /api/comparisons', { body: { before, after } }).catch(() => ({
      parts: [
        { op: 'removed' as const, text: before },
        { op: 'added' as const, text: after },
      ],
    }))
    if (parting.value === now) diffs.value = [...diffs.value, { field, parts }]
  }
}

/** A field as people compare it: lists one item a line, days in China, citations by title. */
function fieldText(draft: Draft, field: RevisionField): string {
  if (field === 'basis') return draft.basis.map(citationText).join('\n')
  if (field === 'scope') return Object.values(draft.scope).join(' ')
  if (field === 'validUntil') return lastDayBefore(draft.validUntil)
  if (field === 'validFrom' || field === 'verifyBy') return dayFrom(draft[field])
  const value = draft[field]
  return typeof value === 'string' ? value : value.join('\n')
}

const citationText = ({ sourceId, clause = '' }: Draft['basis'][number]): string =>
  `${sourceOf(sourceId)?.title ?? `#${sourceId}`} ${clause}`.trim()
