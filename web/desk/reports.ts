import { shallowRef, watch } from 'vue'
import type { NewFeedback } from '#server/contract/upkeep.ts'
import { ApiProblem, call, complain, loadMe, me, reconnections, wordingOf } from '../api/index.ts'
import { keptText } from '../ui/kept.ts'
import { say } from '../ui/toasts.ts'
import { loadReports } from './my-reports.ts'
import { lookAgain } from './renewal.ts'

/** What an agent says of an entry; its mark makes it one report, however often it is sent. */
export type Report = NewFeedback & { entryId: number; sendKey: string }

/** How long (ms) after a failure the server is asked again, unless it comes back before. */
const AGAIN = 30_000

/** Reports that the server has not taken yet, the oldest first. */
export const waiting = shallowRef<readonly Report[]>([])

/** What was written of an entry and not sent; outlives a reload. */
export const unsentWords = (entryId: number) => keptText(`desk.report.${entryId}`)

const sending = new Set<string>()
let timer: ReturnType<typeof setTimeout> | undefined

export const newSendKey = (): string =>
  [...crypto.getRandomValues(new Uint32Array(4))].map(part => part.toString(16).padStart(8, '0')).join('-')

/** Keeps a report on this computer until the server has it; says what became of it. */
export async function report(one: Report): Promise<void> {
  waiting.value = [...waiting.value, one]
  keep(one)
  const became = await send(one)
  if (became === 'sent') say('toast.reported', { tone: 'good' })
  if (became === 'kept') say('toast.reportKept')
}

/** Takes up what an earlier page could not send, and sends when the server is back. Returns what stops it. */
export function followReports(): () => void {
  const stop = watch(reconnections, () => void sendWaiting())
  void complain(takeUp)
  return () => {
    stop()
    clearTimeout(timer)
  }
}

async function takeUp(): Promise<void> {
  await loadMe()
  waiting.value.forEach(keep)
  const known = new Set(waiting.value.map(one => one.sendKey))
  waiting.value = [...keptReports().filter(one => !known.has(one.sendKey)), ...waiting.value]
  await sendWaiting()
}

async function sendWaiting(): Promise<void> {
  let count = 0
  for (const one of waiting.value.filter(({ sendKey }) => !sending.has(sendKey))) {
    const became = await send(one)
    if (became === 'kept') break
    if (became === 'sent') count += 1
  }
  if (count > 0) say('toast.reportsSent', { tone: 'good', values: { count } })
}

/** A report is kept while it may still be taken; one that is refused for good gives its words back to be mended. */
async function send(one: Report): Promise<'sent' | 'kept' | 'refused'> {
  const { entryId, ...body } = one
  sending.add(one.sendKey)
  try {
    await call('POST /api/entries/:id/feedback', { params: { id: entryId }, body })
    forget(one)
    void loadReports()
    void lookAgain()
    return 'sent'
  } catch (error) {
    if (!isFinal(error)) return tryLater()
    forget(one)
    unsentWords(entryId).value ||= one.words ?? ''
    say(wordingOf(error), { tone: 'bad' })
    return 'refused'
  } finally {
    sending.delete(one.sendKey)
  }
}

function tryLater(): 'kept' {
  clearTimeout(timer)
  timer = setTimeout(() => void sendWaiting(), AGAIN)
  return 'kept'
}

const PASSING = [401, 408, 429]
const isFinal = (error: unknown): boolean =>
  error instanceof ApiProblem && error.status < 500 && !PASSING.includes(error.status)

const prefix = (): string => `firstline.report.${me.value?.id}.`

/** A browser with full or no storage still has the report in this page. */
function keep(one: Report): void {
  if (!me.value) return
  try {
    localStorage.setItem(prefix() + one.sendKey, JSON.stringify(one))
  } catch {
    return
  }
}

function forget(one: Report): void {
  waiting.value = waiting.value.filter(({ sendKey }) => sendKey !== one.sendKey)
  localStorage.removeItem(prefix() + one.sendKey)
}

const keptReports = (): Report[] =>
  Object.keys(localStorage)
    .filter(key => key.startsWith(prefix()))
    .flatMap(key => readKept(localStorage.getItem(key)))

function readKept(text: string | null): Report[] {
  try {
    const kept = JSON.parse(text ?? 'null') as Partial<Report> | null
    return typeof kept?.entryId === 'number' && typeof kept.sendKey === 'string' ? [kept as Report] : []
  } catch {
    return []
  }
}
