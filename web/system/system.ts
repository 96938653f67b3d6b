import { computed, ref, shallowRef } from 'vue'
import type { EngineView, SetAsideView } from '#server/contract/engine.ts'
import { call, latest } from '../api/index.ts'
import { say } from '../ui/toasts.ts'

/** How often (ms) it looks again while it is in sight. */
const PAUSE = 3_000
/** So many documents are shown at a time. */
export const PAGE = 20

/** How searches are answered; undefined until it was read. */
export const engine = shallowRef<EngineView>()
export const setAside = shallowRef<readonly SetAsideView[]>([])
export const total = ref(0)
/** How many documents come before those shown. */
export const offset = ref(0)
/** Why it could not be read; what was read before stays. */
export const failure = shallowRef<unknown>()
/** The document that is being sent once more. */
export const sending = ref<number>()

export const isFirstPage = computed(() => offset.value === 0)
export const isLastPage = computed(() => offset.value + PAGE >= total.value)

const newest = latest(async (signal: AbortSignal, from: number) => {
  const query = { limit: PAGE, offset: from }
  const [view, list] = await Promise.all([
    call('GET /api/engine', { signal }),
    call('GET /api/engine/set-aside', { query, signal }),
  ])
  return { view, list }
})

/** Reads what there is now. */
export async function load(): Promise<void> {
  try {
    const found = await newest.run(offset.value)
    if (!found) return
    engine.value = found.view
    setAside.value = found.list.documents
    total.value = found.list.total
    failure.value = undefined
    if (found.list.documents.length === 0 && !isFirstPage.value) await turn(-1)
  } catch (error) {
    failure.value = error
  }
}

/** Shows the page of documents `step` pages on. */
export async function turn(step: number): Promise<void> {
  offset.value = Math.max(0, offset.value + step * PAGE)
  await load()
}

/** Has a document sent once more. Throws the refusal, after the list was read anew. */
export async function sendAgain(id: number): Promise<void> {
  if (sending.value !== undefined) return
  sending.value = id
  try {
    await call('POST /api/engine/set-aside/:id/attempts', { params: { id } })
    say('system.sentAgain', { tone: 'good' })
  } finally {
    sending.value = undefined
    await load()
  }
}

/** Looks now and again from then on, while the page is in sight. Returns what ends it. */
export function watchSystem(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = false
  const look = async () => {
    clearTimeout(timer)
    if (document.visibilityState === 'visible') await load()
    if (!isOver) timer = setTimeout(() => void look(), PAUSE)
  }
  const onSight = () => void look()
  document.addEventListener('visibilitychange', onSight)
  void look()
  return () => {
    isOver = true
    clearTimeout(timer)
    newest.drop()
    document.removeEventListener('visibilitychange', onSight)
  }
}
