import { computed, ref, shallowRef } from 'vue'
import type { ScriptClass } from '#server/contract/script-lists.ts'
import type { SearchHit } from '#server/contract/search.ts'
import type { MyRevisions } from '#server/contract/writing.ts'
import { call, latest } from '../api/index.ts'
import { choiceOf } from '../ui/choice.ts'
import { go, scriptAddress, writingAddress } from './place.ts'

export type MyDraft = MyRevisions['revisions'][number]
/** A row of the list: one's own draft, or a script in force. */
export type Row = { of: 'draft'; id: number; draft: MyDraft } | { of: 'script'; id: number; hit: SearchHit }

const MOST = 100

/** Words that scripts are searched for, and the class they are limited to. */
export const words = ref('')
export const scriptClass = ref<ScriptClass>()
/** Why a list could not be read; what was read before stays. */
export const failure = shallowRef<unknown>()
/** Whether the lists were read once: before, nothing is said to be missing. */
export const isRead = ref(false)

const drafts = shallowRef<readonly MyDraft[]>([])
const hits = shallowRef<readonly SearchHit[]>([])

const OPEN: readonly string[] = ['returned', 'draft', 'in_review', 'approved']
const has = (title: string) => title.includes(words.value.trim())

export const rows = computed<Row[]>(() => [
  ...drafts.value.filter(one => has(one.title)).map((draft): Row => ({ of: 'draft', id: -draft.id, draft })),
  ...hits.value
    .filter(hit => scriptClass.value === undefined || hit.scriptClass === scriptClass.value)
    .map((hit): Row => ({ of: 'script', id: hit.id, hit })),
])
export const chosen = choiceOf(rows, row => row.id)

const newestDrafts = latest(async (signal: AbortSignal) => {
  const found = await call('GET /api/revisions', { query: { limit: MOST }, signal })
  drafts.value = found.revisions.filter(one => one.kind === 'script' && OPEN.includes(one.state))
})
const newestHits = latest(async (signal: AbortSignal, q: string) => {
  const found = await call('GET /api/search', { query: { q, kind: 'script', limit: MOST }, signal })
  hits.value = found.hits
})

const reading = async (work: () => Promise<unknown>): Promise<void> => {
  try {
    await work()
    failure.value = undefined
  } catch (error) {
    failure.value = error
  }
}

export const loadDrafts = (): Promise<void> => reading(() => newestDrafts.run())
export const findScripts = (): Promise<void> => reading(() => newestHits.run(words.value.trim()))
export async function loadLists(): Promise<void> {
  await Promise.all([loadDrafts(), findScripts()])
  isRead.value = true
}

/** Opens a row: a draft to write on, a script in force to read. */
export const open = (row: Row): void =>
  go(row.of === 'draft' ? writingAddress(row.draft.id) : scriptAddress(row.id))
