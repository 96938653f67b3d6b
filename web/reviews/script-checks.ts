import { shallowRef } from 'vue'
import type { CheckReply } from '#server/contract/script-views.ts'
import type { RevisionView } from '#server/contract/writing.ts'
import { call, latest } from '../api/index.ts'
import { noteQuotes } from '../reading/quotes.ts'

/** What the checks say of the script under review; undefined until they answered. */
export const report = shallowRef<CheckReply>()
/** Why they did not. */
export const reportFailure = shallowRef<unknown>()

const newest = latest((signal: AbortSignal, { script, scope }: RevisionView) =>
  call('POST /api/scripts/check', {
    body: { steps: script?.steps ?? [], reasons: script?.reasons ?? [], scope, whole: true },
    signal,
  }),
)

/** Checks the script of a revision as it was submitted. */
export async function checkSubmitted(revision: RevisionView): Promise<void> {
  report.value = reportFailure.value = undefined
  if (revision.script === null) return newest.drop()
  try {
    const found = await newest.run(revision)
    if (!found) return
    noteQuotes(found.quotes)
    report.value = found
  } catch (error) {
    reportFailure.value = error
  }
}
