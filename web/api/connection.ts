import { computed, ref } from 'vue'
import type { Health } from '#server/contract/health.ts'

const FIRST_WAIT = 1_000
const LONGEST_WAIT = 15_000
const CALM_WAIT = 30_000
/** So soon it is asked whether the engine is back. */
const DEGRADED_WAIT = 3_000

/** False from the first request that found no server until the next that does. */
export const online = ref(true)
/** The latest word of the server about itself. */
export const health = ref<Health>()
const standsIn = ref(false)
/** Whether another engine answers searches than the one that should. */
export const degraded = computed(() => online.value && standsIn.value)
/** Counts the times the server came back: watch it to ask again for what may be stale. */
export const reconnections = ref(0)

let wait = FIRST_WAIT
let timer: ReturnType<typeof setTimeout> | undefined
let watching = false

export function noteReached(): void {
  wait = FIRST_WAIT
  if (online.value) return
  online.value = true
  reconnections.value += 1
}

export function noteUnreachable(): void {
  if (!online.value) return
  online.value = false
  schedule(wait)
}

/** A search was answered, by the engine that stands in or not: nobody waits for the next look to know. */
export function noteAnswered(isDegraded: boolean): void {
  if (isDegraded === standsIn.value) return
  standsIn.value = isDegraded
  if (isDegraded) schedule(DEGRADED_WAIT)
}

/** Keeps an eye on the server: seldom while all is well, often while search is degraded, with growing pauses while it is gone. */
export function watchConnection(): void {
  watching = true
  window.addEventListener('online', () => void look())
  void look()
}

/** Asks now instead of at the next turn. */
export async function look(): Promise<void> {
  try {
    const response = await fetch('/api/health')
    if (!response.ok) throw new Error(String(response.status))
    health.value = (await response.json()) as Health
    standsIn.value = health.value.engine.degraded
    noteReached()
  } catch {
    online.value = false
    wait = Math.min(wait * 2, LONGEST_WAIT)
  }
  schedule(online.value ? (standsIn.value ? DEGRADED_WAIT : CALM_WAIT) : wait)
}

function schedule(delay: number): void {
  if (!watching) return
  clearTimeout(timer)
  timer = setTimeout(() => void look(), delay)
}
