import { computed, shallowRef } from 'vue'
import type { FieldDiff } from '#server/contract/diff.ts'
import type { EntryHistory } from '#server/contract/writing.ts'
import { call, latest } from '../api/index.ts'
import { sortedBy } from '../ui/sorted.ts'
import { choiceOf } from '../ui/choice.ts'

export type RevisionHistory = EntryHistory['revisions'][number]

export const history = shallowRef<EntryHistory>()
export const failure = shallowRef<unknown>()
const revisions = computed(() => history.value?.revisions ?? [])
/** The revision looked at: the newer one of the comparison. */
export const chosen = choiceOf(revisions, one => one.id)
/** What it is compared with by choice; the one before it otherwise. */
const against = shallowRef<number>()
export const before = computed(
  () => revisions.value.find(one => one.id === against.value) ?? revisions.value[chosen.at.value + 1],
)
export const diff = shallowRef<readonly FieldDiff[]>()

/** What happened to a revision, one line each, in the order of time. */
export interface Happening {
  at: string
  kind:
    | 'written'
    | 'submitted'
    | 'retirementAsked'
    | 'approve'
    | 'return'
    | 'withdrawn'
    | 'published'
    | 'fastLane'
  who: string
  department?: string
  reason?: string
}

export function happeningsOf(revision: RevisionHistory): Happening[] {
  const written: Happening = {
    at: revision.createdAt,
    kind: 'written',
    who: revision.authors.map(author => author.name).join('、'),
  }
  const reviewed = revision.reviews.flatMap(({ kind, opened, votes, withdrawal }): Happening[] => [
    { at: opened.at, kind: kind === 'publication' ? 'submitted' : 'retirementAsked', who: opened.name },
    ...votes.map(({ at, verdict, name, department, reason }) => ({
      at,
      kind: verdict,
      who: name,
      department,
      ...(reason !== null && { reason }),
    })),
    ...(withdrawal ? [withdrawnBy(withdrawal)] : []),
  ])
  const published = revision.publications.map(({ at, until, reason }): Happening => ({
    at,
    kind: until === null ? 'published' : 'fastLane',
    who: '',
    ...(reason !== null && { reason }),
  }))
  return sortedBy([written, ...reviewed, ...published], one => Date.parse(one.at))
}

type Withdrawal = NonNullable<RevisionHistory['reviews'][number]['withdrawal']>

const withdrawnBy = ({ at, name, reason }: Withdrawal): Happening => ({
  at,
  kind: 'withdrawn',
  who: name,
  ...(reason !== null && { reason }),
})

const newest = latest((signal: AbortSignal, id: number) =>
  call('GET /api/entries/:id/history', { params: { id }, signal }),
)
const newestDiff = latest((signal: AbortSignal, old: number, now: number) =>
  call('GET /api/comparisons', { query: { before: old, after: now }, signal }),
)

export async function loadHistory(id: number): Promise<void> {
  try {
    const found = await newest.run(id)
    if (!found) return
    history.value = found
    failure.value = undefined
    await compare()
  } catch (error) {
    failure.value = error
  }
}

export function forgetHistory(): void {
  newest.drop()
  newestDiff.drop()
  history.value = failure.value = diff.value = against.value = undefined
}

/** Compares with the chosen revision from now on; choosing it again goes back to the one before. */
export function compareWithChosen(): void {
  const id = chosen.row.value?.id
  against.value = against.value === id ? undefined : id
}

/** Reads what changed between the two; the older of them is the one it is seen from. */
export async function compare(): Promise<void> {
  const [now, old] = [chosen.row.value, before.value]
  if (!now || !old || now.id === old.id) {
    newestDiff.drop()
    diff.value = undefined
    return
  }
  const [first, second] = old.number < now.number ? [old, now] : [now, old]
  try {
    diff.value = (await newestDiff.run(first.id, second.id))?.fields ?? diff.value
  } catch (error) {
    failure.value = error
  }
}
