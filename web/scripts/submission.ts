import { computed, shallowRef } from 'vue'
import { ApiProblem, call, complain } from '../api/index.ts'
import { say } from '../ui/toasts.ts'
import { allFindings, check, errorsIn, isChecked, showsAll, warningsIn } from './findings.ts'
import { missingHead } from './head-needs.ts'
import { LIST, go } from './place.ts'
import { faults, mayEdit, revision, saveNow, script } from './writing.ts'

/** Whether the writer is asked to look once more before the committee does. */
export const lookOnce = shallowRef(false)

/** What keeps the script here, and what waits for a word of reason. */
export const blocking = computed(() => errorsIn(allFindings.value))
export const unexplained = computed(() => warningsIn(allFindings.value))
/** Whether nothing that is known stands in the way; the checks may not answer, what is missing above the steps is always known. */
export const maySend = computed(
  () =>
    missingHead.value.length === 0 &&
    (!isChecked.value || (blocking.value.length === 0 && unexplained.value.length === 0)),
)

/** Saves, checks, and shows what is to be mended; without any of it the script is handed over at once when it is confirmed. */
export async function submit(): Promise<void> {
  const now = script.value
  if (!now || !mayEdit.value) return
  await complain(async () => {
    if (!(await saveNow())) return say('toast.notSaved', { tone: 'bad' })
    await check(now)
    lookOnce.value = showsAll.value = true
  })
}

/** Hands the saved script to the committee; what the server misses is shown where it is missing. */
export async function send(): Promise<void> {
  const id = revision.value?.id
  if (id === undefined || !maySend.value) return
  await complain(async () => {
    if (!(await saveNow())) return say('toast.notSaved', { tone: 'bad' })
    lookOnce.value = false
    try {
      await call('POST /api/revisions/:id/submission', { params: { id } })
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.fields.length === 0) throw error
      faults.value = error.fields
      return say('toast.incomplete', { tone: 'bad', values: { count: error.fields.length } })
    }
    go(LIST)
    say('toast.submitted', { tone: 'good' })
  })
}
