import type { NewFeedback } from '#server/contract/upkeep.ts'
import { call, Outbox, wordingOf } from '../api/index.ts'
import { keptText } from '../ui/kept.ts'
import { say } from '../ui/toasts.ts'
import { loadReports } from './my-reports.ts'
import { lookAgain } from './renewal.ts'

/** What an agent says of an entry. */
export type Report = NewFeedback & { entryId: number; sendKey: string }

/** What was written of an entry and not sent; outlives a reload. */
export const unsentWords = (entryId: number) => keptText(`desk.report.${entryId}`)

const reports = new Outbox<Report, unknown>({
  name: 'report',
  isOne: kept => typeof kept.entryId === 'number',
  send: sendReport,
  refused: (one, error) => {
    unsentWords(one.entryId).value ||= one.words ?? ''
    say(wordingOf(error), { tone: 'bad' })
  },
  sentLate: count => say('toast.reportsSent', { tone: 'good', values: { count } }),
})

/** Reports that the server has not taken yet, the oldest first. */
export const waiting = reports.waiting

/** Keeps a report on this computer until the server has it; says what became of it. */
export async function report(one: Report): Promise<void> {
  const { state } = await reports.give(one)
  if (state === 'sent') say('toast.reported', { tone: 'good' })
  if (state === 'kept') say('toast.reportKept')
}

/** Takes up reports that an earlier page could not send. Returns what stops it. */
export const followReports = (): (() => void) => reports.follow()

async function sendReport({ entryId, ...body }: Report): Promise<void> {
  await call('POST /api/entries/:id/feedback', { params: { id: entryId }, body })
  void loadReports()
  void lookAgain()
}
