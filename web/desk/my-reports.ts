import { shallowRef, watch } from 'vue'
import type { ReportView } from '#server/contract/upkeep.ts'
import { call, reconnections } from '../api/index.ts'
import { say } from '../ui/toasts.ts'

const EVERY = 60_000
/** As many as stand beside the call. */
const MOST = 3

/** What the agent reported last, and what came of it. */
export const myReports = shallowRef<readonly ReportView[]>([])

/** Reads again what came of one's reports; says so when one was dealt with since. What cannot be read stays as it was. */
export async function loadReports(): Promise<void> {
  const found = await call('GET /api/feedback', { query: { limit: MOST }, gate: false }).catch(
    () => undefined,
  )
  if (!found) return
  const open = new Set(myReports.value.filter(one => one.state === 'open').map(one => one.id))
  myReports.value = found.reports
  const news = found.reports.find(one => one.state !== 'open' && one.entry && open.has(one.id))
  if (news?.entry) say('toast.reportDone', { values: { title: news.entry.title } })
}

/** Keeps an eye on one's reports. Returns what stops it. */
export function followMyReports(): () => void {
  const stop = watch(reconnections, () => void loadReports())
  const timer = setInterval(() => void loadReports(), EVERY)
  void loadReports()
  return () => {
    stop()
    clearInterval(timer)
  }
}
