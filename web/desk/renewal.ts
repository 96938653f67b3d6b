import { computed, shallowRef, watch } from 'vue'
import type { EntryView } from '#server/contract/entry.ts'
import { ApiProblem, call, reconnections, serverNow } from '../api/index.ts'
import { opened, refusal, shown, shownEntry } from './answer.ts'
import { dropHit, relabelHit } from './search.ts'

/** How often (ms) the answer shown is looked at again, and how soon when its time should be over. */
const EVERY = 15_000
const SOON = 500

const renewed = shallowRef<EntryView>()

/** A newer text of the answer that is being read: it waits until it is asked for. */
export const newer = computed(() =>
  shownEntry.value && isNewer(shownEntry.value, renewed.value) ? renewed.value : undefined,
)

const isNewer = (before: EntryView, now: EntryView | undefined): boolean =>
  now?.id === before.id && (now.revision !== before.revision || now.publishedAt !== before.publishedAt)

/**
 * Reads the answer shown again, without counting it: its labels change, a newer text waits to be asked for, and what is
 * no longer in force, or is hidden by a policy, is taken away.
 */
export async function lookAgain(): Promise<void> {
  const [before, entry] = [shown.value, shownEntry.value]
  if (!entry) return
  try {
    const now = await call('GET /api/entries/:id', { params: { id: entry.id }, gate: false })
    relabelHit(now.id, now.labels)
    if (shown.value !== before) return
    if (opened.value && isNewer(entry, now)) renewed.value = now
    else show(now)
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 404) return
    dropHit(entry.id)
    if (shown.value !== before) return
    refusal.value = error
    shown.value = null
  }
}

/** Shows the newer text. */
export function renew(): void {
  if (newer.value) show(newer.value)
}

const show = (entry: EntryView): void =>
  void (shown.value = { kind: 'entry', id: entry.id, brief: entry, entry })

const look = () => void lookAgain()
const onSight = () => document.visibilityState === 'visible' && look()

/** Keeps the answer shown in step with what holds now. Returns what stops it. */
export function followAnswer(): () => void {
  let turn: ReturnType<typeof setTimeout> | undefined
  const timer = setInterval(look, EVERY)
  const undo = [
    watch(reconnections, look),
    watch(shownEntry, entry => {
      clearTimeout(turn)
      const left = entry ? untilItTurns(entry) : Infinity
      if (left <= EVERY) turn = setTimeout(look, Math.max(left, SOON))
    }),
  ]
  document.addEventListener('visibilitychange', onSight)
  return () => {
    undo.forEach(stop => stop())
    clearInterval(timer)
    clearTimeout(turn)
    document.removeEventListener('visibilitychange', onSight)
  }
}

/** How long (ms) until an entry lapses or is overdue by the clock alone. */
function untilItTurns({ validUntil, verifyBy, labels }: EntryView): number {
  const days = [validUntil, labels.includes('逾期未复核') ? null : verifyBy]
  const times = days.flatMap(day => (day === null ? [] : [Date.parse(day) - serverNow()]))
  return Math.min(Infinity, ...times)
}
