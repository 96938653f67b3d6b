import { computed, ref, shallowRef } from 'vue'
import {
  FCR_GROUPS,
  type BehindFcr,
  type FcrFigure,
  type FcrFigures,
  type FcrGroup,
} from '#server/contract/insight.ts'
import { call, latest } from '../api/index.ts'
import { keptText } from '../ui/kept.ts'
import { category, department } from './gaps.ts'
import { LONGEST, figurePeriod, periodFault } from './period.ts'
import { seesAll } from './place.ts'

const PAGE = 50

const keptBy = keptText('insights.by')
export const by = computed<FcrGroup>({
  get: () => FCR_GROUPS.find(one => one === keptBy.value) ?? 'week',
  set: one => (keptBy.value = one),
})
const keptWindow = keptText('insights.window')
/** Within what time nobody may have called again: the days of the policy, or 48 hours. */
export const noRepeat = computed<'fcr_no_repeat_days' | 'fcr_no_repeat_48h'>({
  get: () => (keptWindow.value === '48h' ? 'fcr_no_repeat_48h' : 'fcr_no_repeat_days'),
  set: one => (keptWindow.value = one === 'fcr_no_repeat_48h' ? '48h' : ''),
})
export const turnWindow = (): void =>
  void (noRepeat.value = noRepeat.value === 'fcr_no_repeat_days' ? 'fcr_no_repeat_48h' : 'fcr_no_repeat_days')

/** The three ways to measure resolution, as they stand side by side. */
export const resolutions = computed<FcrFigure[]>(() => ['fcr_verdict', noRepeat.value, 'fcr_callback'])
/** Those three and, kept apart from them, the first-answer rate. */
export const columns = computed<FcrFigure[]>(() => [...resolutions.value, 'first_answer'])

export const fcr = shallowRef<FcrFigures>()
export const fcrFailure = shallowRef<unknown>()

/** A number of a figure: of one group (key null: of what has none) or of all; `counted` undefined for the denominator. */
export interface FcrCell {
  figure: FcrFigure
  group?: { by: FcrGroup; key: string | null; label: string | null }
}
export const fcrCell = shallowRef<FcrCell>()
/** Which contacts behind the number: all of the denominator, those of the numerator, or the rest. */
export const COUNTED = ['all', 'yes', 'no'] as const
export const counted = ref<(typeof COUNTED)[number]>('all')
export const behindFcr = shallowRef<BehindFcr>()
export const behindFcrFailure = shallowRef<unknown>()
export const hasMoreFcr = computed(
  () => (behindFcr.value?.contacts.length ?? 0) < (behindFcr.value?.total ?? 0),
)
export const hasMoreGroups = computed(() => (fcr.value?.groups.length ?? 0) < (fcr.value?.total ?? 0))

const filterNow = () => ({
  ...figurePeriod(),
  category: category.value || undefined,
  department: (seesAll.value && department.value) || undefined,
})

/** The filters that are not called as what they group by. */
const FILTERS: Partial<Record<FcrGroup, string>> = { entry: 'entryId', script: 'scriptId' }

/** What keeps the contacts of one group. */
export function groupFilter(group: FcrCell['group']): object {
  if (!group) return {}
  if (group.key === null) return { without: group.by }
  return { [FILTERS[group.by] ?? group.by]: group.key }
}

const newest = latest((signal: AbortSignal, offset: number) =>
  call('GET /api/figures/fcr', { query: { ...filterNow(), by: by.value, limit: PAGE, offset }, signal }),
)
const newestBehind = latest((signal: AbortSignal, { figure, group }: FcrCell, offset: number) => {
  const kept = counted.value === 'all' ? {} : { counted: counted.value === 'yes' }
  return call('GET /api/figures/fcr/:figure', {
    params: { figure },
    query: { ...filterNow(), ...groupFilter(group), ...kept, limit: PAGE, offset },
    signal,
  })
})

/** Reads the figures anew, and what is behind the number that is looked at. */
export async function loadFcr(): Promise<void> {
  await readFigures(0)
  if (fcrCell.value) await readBehind(0)
}

export const moreGroups = (): Promise<void> => readFigures(fcr.value?.groups.length ?? 0)

async function readFigures(offset: number): Promise<void> {
  if (periodFault(LONGEST)) return
  try {
    const found = await newest.run(offset)
    if (!found) return
    const before = offset === 0 ? [] : (fcr.value?.groups ?? [])
    fcr.value = { ...found, groups: [...before, ...found.groups] }
    fcrFailure.value = undefined
  } catch (error) {
    fcrFailure.value = error
  }
}

/** Shows the contacts behind a number. */
export async function lookBehindFcr(cell: FcrCell, which: typeof counted.value = 'all'): Promise<void> {
  behindFcr.value = undefined
  fcrCell.value = cell
  counted.value = which
  await readBehind(0)
}

/** Shows others of the contacts behind the same number. */
export async function showCounted(which: typeof counted.value): Promise<void> {
  counted.value = which
  await readBehind(0)
}

export const moreBehindFcr = (): Promise<void> => readBehind(behindFcr.value?.contacts.length ?? 0)

async function readBehind(offset: number): Promise<void> {
  const cell = fcrCell.value
  if (!cell) return
  try {
    const found = await newestBehind.run(cell, offset)
    if (!found) return
    const before = offset === 0 ? [] : (behindFcr.value?.contacts ?? [])
    behindFcr.value = { ...found, contacts: [...before, ...found.contacts] }
    behindFcrFailure.value = undefined
  } catch (error) {
    behindFcrFailure.value = error
  }
}
