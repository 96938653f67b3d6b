import { shallowRef } from 'vue'
import { ApiProblem, call, complain } from '../api/index.ts'
import { say } from '../ui/toasts.ts'
import { hintsIn } from './hints.ts'
import { allFaults, noteFaults } from './faults.ts'
import { contradictions, loadNeighbours, neighbours } from './neighbours.ts'
import { addressOf, go } from './place.ts'
import { controlId, goToField } from './sections.ts'
import { mayEdit, revision, saveNow, text } from './writing.ts'

/** Whether the writer is asked to look once more before the committee does. */
export const lookOnce = shallowRef(false)

/** Saves and submits; whatever a reviewer would stumble over is shown first, and everything missing at once. */
export async function submit(): Promise<void> {
  if (!mayEdit.value) return
  await complain(async () => {
    if (!(await saveNow())) return say('toast.notSaved', { tone: 'bad' })
    await loadNeighbours()
    if (hasDoubts()) lookOnce.value = true
    else await send()
  })
}

export const hasDoubts = (): boolean =>
  contradictions.value.length > 0 ||
  (neighbours.value?.near.length ?? 0) > 0 ||
  hintsIn(text.value?.say ?? '').length > 0

/** Hands the saved text to the committee. */
export async function send(): Promise<void> {
  lookOnce.value = false
  const id = revision.value?.id
  if (id === undefined) return
  await complain(async () => {
    try {
      await call('POST /api/revisions/:id/submission', { params: { id } })
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.fields.length === 0) throw error
      return showFaults(error)
    }
    go(addressOf('mine'))
    say('toast.submitted', { tone: 'good' })
  })
}

function showFaults(error: ApiProblem): void {
  noteFaults(error.fields)
  say('toast.incomplete', { tone: 'bad', values: { count: allFaults.value.length } })
  const [first] = allFaults.value
  if (first) goToField(first.field)
}

/** Goes to the next field that something is missing in, round and round. */
export function nextFault(): void {
  const fields = [...new Set(allFaults.value.map(one => one.field))]
  const at = fields.findIndex(field => document.activeElement?.id === controlId(field))
  const next = fields[(at + 1) % fields.length]
  if (next) goToField(next)
}
