import { computed, ref, shallowRef } from 'vue'
import { PRINCIPLES, type Principle } from '#server/contract/script-use.ts'
import type { ScriptView } from '#server/contract/script-views.ts'
import { serverNow } from '../api/index.ts'
import { now } from '../ui/now.ts'
import { planOf } from './plan.ts'

/** A run under way. All that comes follows from script and seed. */
export interface Run {
  scriptId: number
  /** Version of the script; another one is another run. */
  revision: number
  seed: number
  startedAt: number
  /** When the last turn was over; absent while it goes on. */
  endedAt?: number
  /** Index of the turn one is at; beyond the last is the end. */
  at: number
  /** Whether the script's words, or the way it goes, are shown. */
  shown: boolean
  /** Ways that were chosen, by the index of their fork. */
  choices: Record<number, number>
  met: Principle[]
}

const KEY = 'firstline.practice'

export const script = shallowRef<ScriptView | null>(null)
export const run = ref<Run | null>(null)

export const plan = computed(() =>
  script.value && run.value ? planOf(script.value.steps, run.value.seed) : { turns: [], path: [] },
)
export const turn = computed(() => plan.value.turns[run.value?.at ?? 0])
export const isOver = computed(() => run.value !== null && run.value.at >= plan.value.turns.length)
/** What was said before the turn one is at, as far as a conversation is looked back on. */
export const past = computed(() =>
  plan.value.turns.slice(Math.max(0, (run.value?.at ?? 0) - 3), run.value?.at ?? 0),
)
/** How long the run lasts, in ms. */
export const lasted = computed(() => (run.value ? (run.value.endedAt ?? now.value) - run.value.startedAt : 0))
/** Forks at which another way was chosen than the script goes. */
export const wrong = computed(
  () =>
    plan.value.turns.filter((one, index) => {
      const chosen = run.value?.choices[index]
      return one.kind === 'fork' && chosen !== undefined && chosen !== one.right
    }).length,
)
export const forks = computed(() => plan.value.turns.filter(one => one.kind === 'fork').length)

const newSeed = (): number => crypto.getRandomValues(new Uint32Array(1))[0] ?? 1

/** Begins a run, with a seed of its own unless one is given. */
export function beginRun(of: ScriptView, seed = newSeed()): void {
  script.value = of
  const { id: scriptId, revision } = of
  run.value = { scriptId, revision, seed, startedAt: serverNow(), at: 0, shown: false, choices: {}, met: [] }
  keep()
}

/** Takes up the run of this version of a script that a reload broke off. */
export function resumeRun(of: ScriptView): boolean {
  const kept = readKept()
  if (kept?.scriptId !== of.id || kept.revision !== of.revision) return false
  script.value = of
  run.value = kept
  return true
}

/** Shows the script's words where they are hidden, else goes on. A fork waits for the way to be chosen. */
export function goOn(): void {
  const [going, at] = [run.value, turn.value]
  if (!going || !at) return
  if (at.kind === 'fork' && going.choices[going.at] === undefined) return
  if (at.kind === 'agent' && !going.shown) going.shown = true
  else toNext(going)
  keep()
}

function toNext(going: Run): void {
  going.at += 1
  going.shown = false
  if (isOver.value) going.endedAt = serverNow()
}

/** Chooses the way with this index at a fork; the first choice counts. */
export function chooseWay(index: number): void {
  const [going, at] = [run.value, turn.value]
  if (!going || at?.kind !== 'fork' || !at.ways[index] || going.choices[going.at] !== undefined) return
  going.choices[going.at] = index
  keep()
}

/** Turns a principle of the self-check on or off. */
export function turnPrinciple(index: number): void {
  const [going, principle] = [run.value, PRINCIPLES[index]]
  if (!going || !principle) return
  going.met = PRINCIPLES.filter(one => going.met.includes(one) !== (one === principle))
  keep()
}

export function leaveRun(): void {
  run.value = null
  script.value = null
  sessionStorage.removeItem(KEY)
}

const keep = (): void => sessionStorage.setItem(KEY, JSON.stringify(run.value))

function readKept(): Run | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Partial<Run> | null
    return typeof kept?.seed === 'number' && Array.isArray(kept.met) ? (kept as Run) : null
  } catch {
    return null
  }
}
