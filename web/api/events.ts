import { ref, watch } from 'vue'
import type { LiveEvent } from '#server/contract/notification.ts'
import { isAborted } from './problem.ts'
import { noteReached, noteUnreachable, reconnections } from './connection.ts'
import { signInWanted } from './signed-out.ts'

/** How long (ms) to wait before the stream is asked for again: as the server asks at first, then twice as long each time. */
const FIRST_WAIT = 3_000
const LONGEST_WAIT = 60_000
/** So long (ms) without a sign of life the connection is taken for dead; the server shows one every 25 s. */
const SILENCE = 60_000

type Hear = (event: LiveEvent) => void

/** Counts the times the stream came back: what is told only once, as that a review changed, may have been missed. */
export const resumptions = ref(0)

const hearers = new Set<Hear>()
/** The last notification this page was sent: the server goes on after it. */
let lastId: string | undefined
let current: AbortController | undefined
let timer: ReturnType<typeof setTimeout> | undefined
let wait = FIRST_WAIT
let wasOpen = false
let undo: (() => void)[] = []

/**
 * Hears what the server tells this person from now on, as it happens; all who hear share one connection. It is given up
 * while the page is hidden, and comes back by itself, also after a sign-in; notifications missed in between follow then.
 * Returns what stops it.
 */
export function hearEvents(hear: Hear): () => void {
  hearers.add(hear)
  if (hearers.size === 1) begin()
  return () => {
    if (hearers.delete(hear) && hearers.size === 0) end()
  }
}

function begin(): void {
  const again = () => void connect()
  const unlessThere = () => current ?? again()
  document.addEventListener('visibilitychange', again)
  undo = [
    () => document.removeEventListener('visibilitychange', again),
    watch(reconnections, unlessThere),
    watch(signInWanted, unlessThere),
  ]
  void connect()
}

function end(): void {
  for (const stop of undo) stop()
  letGo()
  wasOpen = false
  lastId = undefined
}

function letGo(): void {
  clearTimeout(timer)
  current?.abort()
  current = undefined
}

/** Listens until the connection is lost, and asks for it again after a while. A hidden page does not listen. */
async function connect(): Promise<void> {
  letGo()
  if (document.visibilityState === 'hidden') return
  const mine = (current = new AbortController())
  await open(mine.signal)
    .then(stream => listen(stream, mine))
    .catch(() => undefined) // whatever the reason, it is asked for again
  if (current !== mine) return
  letGo()
  timer = setTimeout(() => void connect(), wait)
  wait = Math.min(wait * 2, LONGEST_WAIT)
}

async function open(signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const headers = { accept: 'text/event-stream', ...(lastId !== undefined && { 'last-event-id': lastId }) }
  const response = await fetch('/api/events', { headers, signal }).catch((error: unknown) => {
    if (!isAborted(error)) noteUnreachable()
    throw error
  })
  noteReached()
  if (!response.ok || !response.body) throw new Error(`no events: ${response.status}`)
  wait = FIRST_WAIT
  if (wasOpen) resumptions.value += 1
  wasOpen = true
  return response.body
}

async function listen(stream: ReadableStream<Uint8Array>, mine: AbortController): Promise<void> {
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (;;) {
    clearTimeout(timer)
    timer = setTimeout(() => mine.abort(), SILENCE)
    const { done, value } = await reader.read()
    if (done || current !== mine) return
    const frames = (text + decoder.decode(value, { stream: true })).split('\n\n')
    text = frames.pop() ?? ''
    frames.forEach(take)
  }
}

/** One frame of the stream: an id to go on from, an event, or a sign of life. */
function take(frame: string): void {
  const field = (name: string) => frame.match(new RegExp(`^${name}: (.*)$`, 'mu'))?.[1]
  lastId = field('id') ?? lastId
  const told = field('data')
  if (told === undefined) return
  const event = JSON.parse(told) as LiveEvent
  for (const hear of hearers) hear(event)
}
