import { computed, reactive, watch } from 'vue'
import type { EntryLink } from '#server/contract/entry.ts'
import type { DraftText } from '#server/contract/writing.ts'
import { me } from '../api/index.ts'
import { shownId } from './question.ts'

/** An answer as it is being typed; what is empty is filled from the question. `entry` is one that answers already. */
export interface AnswerWords {
  mode: 'new' | 'existing'
  say: string
  body: string
  standardQuestion: string
  topic: string
  basis: DraftText['basis']
  entry: EntryLink | null
}

/** Words that nobody came back to are forgotten after so long (ms). */
const KEPT = 30 * 86_400_000
const PREFIX = 'firstline.answer'

const nothing = (): AnswerWords => ({
  mode: 'new',
  say: '',
  body: '',
  standardQuestion: '',
  topic: '',
  basis: [],
  entry: null,
})
const isNothing = (one: AnswerWords): boolean => JSON.stringify(one) === JSON.stringify(nothing())

/** The answer to the question shown. It outlives a reload, a lost connection and a sign-out: it is kept for its person. */
export const words = reactive<AnswerWords>(nothing())
/** Whether something was typed that would be lost without being kept. */
export const hasWords = computed(() => !isNothing(words))

const keyOf = (question: number): string => `${PREFIX}.${me.value?.id}.${question}`
/** The key whose words are in `words`. */
let current: string | undefined

/** Takes up what was typed for a question before. */
function takeUp(): void {
  current = undefined
  const key = me.value && shownId.value !== undefined ? keyOf(shownId.value) : undefined
  Object.assign(words, nothing(), key === undefined ? {} : read(key)?.words)
  current = key
}

/** Follows which question is shown and keeps every character. Returns what stops it. */
export function followWords(): () => void {
  forgetOld()
  const stops = [
    watch([shownId, () => me.value?.id], takeUp, { immediate: true, flush: 'sync' }),
    watch(words, keep, { deep: true, flush: 'sync' }),
  ]
  return () => stops.forEach(stop => stop())
}

function keep(): void {
  if (current === undefined) return
  if (isNothing(words)) return localStorage.removeItem(current)
  try {
    localStorage.setItem(current, JSON.stringify({ words, at: Date.now() }))
  } catch {
    // A browser without room for it: the words stay as long as the page.
  }
}

/** Forgets what was typed for a question: it was sent. */
export function forgetWords(question: number): void {
  localStorage.removeItem(keyOf(question))
  if (current === keyOf(question)) Object.assign(words, nothing())
}

interface Kept {
  words: AnswerWords
  /** When it was kept, ms. */
  at: number
}

function read(key: string): Kept | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    return isKept(kept) ? kept : undefined
  } catch {
    return undefined
  }
}

const TEXTS = ['say', 'body', 'standardQuestion', 'topic'] as const

/** What another version of the page left, or somebody tampered with, is not taken up. */
function isKept(kept: unknown): kept is Kept {
  if (typeof kept !== 'object' || kept === null) return false
  const { words: found, at } = kept as Record<string, unknown>
  if (typeof found !== 'object' || found === null || typeof at !== 'number') return false
  const typed = found as Record<string, unknown>
  return Array.isArray(typed.basis) && TEXTS.every(name => typeof typed[name] === 'string')
}

function forgetOld(): void {
  const keys = Array.from({ length: localStorage.length }, (_none, index) => localStorage.key(index) ?? '')
  for (const key of keys.filter(one => one.startsWith(`${PREFIX}.`)))
    if ((read(key)?.at ?? 0) < Date.now() - KEPT) localStorage.removeItem(key)
}
