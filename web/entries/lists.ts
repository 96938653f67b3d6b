import { computed, ref, shallowRef, watch } from 'vue'
import type { SearchHit } from '#server/contract/search.ts'
import type { SourceView } from '#server/contract/source.ts'
import type { TaskView, VerificationItem } from '#server/contract/upkeep.ts'
import type { MyRevisions } from '#server/contract/writing.ts'
import { call, latest, me } from '../api/index.ts'
import { sortedBy } from '../ui/sorted.ts'
import { choiceOf, type Choice } from '../ui/choice.ts'
import { TABS, go, place, type Tab } from './place.ts'
import { withSource } from '../reading/sources.ts'

export type MyRevision = MyRevisions['revisions'][number]

const MOST = 100

/** Only what belongs to one's own department, where a list has such. */
export const isOwnOnly = ref(true)
/** Words that sources are searched for, and those that entries are. */
export const sourceWords = ref('')
export const entryWords = ref('')
/** Why a list could not be read; what was read before stays. */
export const failure = shallowRef<unknown>()

export const mine = shallowRef<readonly MyRevision[]>([])
export const verifications = shallowRef<readonly VerificationItem[]>([])
export const tasks = shallowRef<readonly TaskView[]>([])
export const sources = shallowRef<readonly SourceView[]>([])
/** Entries in force that were found by words; they stand in place of any list. */
export const hits = shallowRef<readonly SearchHit[]>([])
/** How many there are in all, also those not listed; absent until read. */
export const totals = shallowRef<Partial<Record<Tab | 'found', number>>>({})

export const chosenMine = choiceOf(mine, one => one.id)
export const chosenVerification = choiceOf(verifications, one => one.entry.id)
export const chosenTask = choiceOf(tasks, one => one.id)
export const chosenSource = choiceOf(sources, one => one.id)
export const chosenHit = choiceOf(hits, one => one.id)

/** The list shown: one of the tabs, or what was searched for. */
export const shownList = computed<Tab | 'found'>(() => {
  if (entryWords.value.trim() !== '') return 'found'
  return place.value.page === 'list' ? place.value.tab : 'mine'
})
export const choice = computed<Choice<unknown>>(
  () =>
    ({
      mine: chosenMine,
      verifications: chosenVerification,
      tasks: chosenTask,
      sources: chosenSource,
      found: chosenHit,
    })[shownList.value],
)

/** The entry that keys act on, in whatever list. */
export const chosenEntry = computed<number | undefined>(() => {
  switch (shownList.value) {
    case 'mine':
      return chosenMine.row.value?.entryId
    case 'verifications':
      return chosenVerification.row.value?.entry.id
    case 'tasks':
      return chosenTask.row.value?.entry.id
    case 'found':
      return chosenHit.row.value?.id
    default:
      return undefined
  }
})

/** The document that the address names, until it was chosen. */
let named: number | undefined
watch(
  () => (place.value.page === 'list' ? place.value.source : undefined),
  now => (named = now),
  { immediate: true, flush: 'sync' },
)

function chooseNamed(): void {
  const at = sources.value.findIndex(one => one.id === named)
  if (at >= 0) chosenSource.at.value = at
  named = undefined
}

/** Shows what is at an address of this screen, and nothing that was searched for in its place. */
export function showAt(address: string): void {
  entryWords.value = ''
  go(address)
}

const ORDER: readonly string[] = ['returned', 'draft', 'in_review', 'approved', 'in_force']
const rank = ({ state }: MyRevision) => (ORDER.includes(state) ? ORDER.indexOf(state) : ORDER.length)
const departmentAsked = () => (isOwnOnly.value ? { department: me.value?.department } : {})
const count = (list: Tab | 'found', total: number) => (totals.value = { ...totals.value, [list]: total })

const READERS: Record<Tab, (signal: AbortSignal) => Promise<void>> = {
  mine: async signal => {
    const found = await call('GET /api/revisions', { query: { limit: MOST }, signal })
    mine.value = sortedBy(
      sortedBy(found.revisions, one => -Date.parse(one.updatedAt)),
      rank,
    )
    count('mine', found.total)
  },
  verifications: async signal => {
    const query = { limit: MOST, ...departmentAsked() }
    const found = await call('GET /api/verifications', { query, signal })
    verifications.value = found.items
    count('verifications', found.total)
  },
  tasks: async signal => {
    const found = await call('GET /api/tasks', { query: { limit: MOST, ...departmentAsked() }, signal })
    tasks.value = found.tasks
    count('tasks', found.total)
  },
  sources: async signal => {
    const found = await call('GET /api/sources', {
      query: { q: sourceWords.value.trim(), limit: MOST },
      signal,
    })
    sources.value = named === undefined ? found.sources : await withSource(found.sources, named)
    chooseNamed()
    count('sources', found.total)
  },
}

const newest = Object.fromEntries(TABS.map(tab => [tab, latest(READERS[tab])])) as Record<
  Tab,
  ReturnType<typeof latest<[], void>>
>
const newestHits = latest(async (signal: AbortSignal, q: string) => {
  const found = await call('GET /api/search', { query: { q, limit: 30 }, signal })
  hits.value = found.hits.filter(hit => hit.kind !== 'notice' && hit.kind !== 'script')
  count('found', hits.value.length)
})

const reading = async (work: () => Promise<unknown>): Promise<void> => {
  try {
    await work()
    failure.value = undefined
  } catch (error) {
    failure.value = error
  }
}

export const loadList = (tab: Tab): Promise<void> => reading(() => newest[tab].run())
/** Reads every list: the tabs say how much waits in each. */
export const loadLists = async (): Promise<void> => void (await Promise.all(TABS.map(loadList)))
export const findEntries = (): Promise<void> => reading(() => newestHits.run(entryWords.value.trim()))
