import { computed, ref, shallowRef } from 'vue'
import { withoutNumbers } from '#server/contract/numbers.ts'
import type { SearchHit } from '#server/contract/search.ts'
import type { NewPractice, PracticeView } from '#server/contract/script-use.ts'
import { Outbox, call, latest, me, newSendKey, wordingOf } from '../api/index.ts'
import { keptText } from '../ui/kept.ts'
import { say } from '../ui/toasts.ts'

/** So many scripts and runs are read at most. */
const MOST = 100

type UnsentPractice = NewPractice & { sendKey: string }

/** Scripts in force, those that can be practised. */
export const scripts = shallowRef<readonly SearchHit[]>([])
/** Runs that were kept, the newest first: one's own, or everyone's for who watches over all. */
export const practices = shallowRef<readonly PracticeView[]>([])
/** Why scripts or runs could not be read; what was read before stays. */
export const failure = shallowRef<unknown>()
export const runsFailure = shallowRef<unknown>()
/** False until the scripts were read. */
export const isRead = ref(false)
/** The script that keys act on. */
export const chosenId = ref<number>()
export const chosen = computed(() => scripts.value.find(one => one.id === chosenId.value))

export const seesAll = computed(
  () => me.value?.roles.some(role => role === 'supervisor' || role === 'chair') === true,
)
const everyone = keptText('practice.everyone')
/** Whether everyone's runs are shown; supervisors and the chair only. */
export const showsAll = computed({
  get: () => seesAll.value && everyone.value !== '',
  set: all => (everyone.value = all ? 'yes' : ''),
})

/** Runs of the chosen script. */
export const runsOfChosen = computed(() => practices.value.filter(one => one.scriptId === chosenId.value))
export const bestScore = (scriptId: number): number | undefined => {
  const scores = practices.value.filter(one => one.scriptId === scriptId).map(one => one.score)
  return scores.length > 0 ? Math.max(...scores) : undefined
}

const newestScripts = latest((signal: AbortSignal) =>
  call('GET /api/search', { query: { q: '', kind: 'script', limit: MOST }, signal }),
)
const newestRuns = latest((signal: AbortSignal, mine: boolean) =>
  call('GET /api/practices', { query: { limit: MOST, ...(mine && { mine }) }, signal }),
)

/** Reads scripts and runs anew; the choice stays. */
export async function loadPractices(): Promise<void> {
  await Promise.all([loadScripts(), loadRuns()])
}

async function loadScripts(): Promise<void> {
  try {
    const found = await newestScripts.run()
    if (!found) return
    scripts.value = found.hits
    if (!chosen.value) chosenId.value = found.hits[0]?.id
    failure.value = undefined
    isRead.value = true
  } catch (error) {
    failure.value = error
  }
}

async function loadRuns(): Promise<void> {
  try {
    practices.value = (await newestRuns.run(!showsAll.value))?.practices ?? practices.value
    runsFailure.value = undefined
  } catch (error) {
    runsFailure.value = error
  }
}

export function choose(step: number): void {
  const at = scripts.value.findIndex(one => one.id === chosenId.value)
  chosenId.value = scripts.value[Math.max(0, Math.min(at + step, scripts.value.length - 1))]?.id
}

const outbox = new Outbox<UnsentPractice, PracticeView>({
  name: 'practice',
  isOne: kept => typeof kept.scriptId === 'number' && Array.isArray(kept.path),
  send: ({ sendKey, ...body }) => call('POST /api/practices', { body, sendKey }),
  refused: (_one, error) => say(wordingOf(error), { tone: 'bad' }),
  sentLate: count => {
    say('toast.practicesSent', { tone: 'good', values: { count } })
    void loadPractices()
  },
})

/** Runs that the server has not taken yet, the oldest first. */
export const unsentPractices = outbox.waiting
/** Takes up runs that an earlier page could not send. Returns what stops it. */
export const followUnsentPractices = (): (() => void) => outbox.follow()

/** Keeps a run on this computer until the server has it, and says what became of it; false when it was refused. */
export async function savePractice(practice: NewPractice): Promise<boolean> {
  const note = practice.note === undefined ? {} : { note: withoutNumbers(practice.note) }
  const { state } = await outbox.give({ ...practice, ...note, sendKey: newSendKey() })
  if (state === 'sent') say('toast.practiceSaved', { tone: 'good' })
  if (state === 'kept') say('toast.practiceKept')
  if (state === 'sent') void loadPractices()
  return state !== 'refused'
}
