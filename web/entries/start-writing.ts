import { nextTick, watch } from 'vue'
import { followParting, merging } from './merge-page.ts'
import { forgetNeighbours, loadQueries } from './neighbours.ts'
import { followBody } from './preview.ts'
import { loadReturn } from './returned.ts'
import { goToField } from './sections.ts'
import { lookOnce } from './submission.ts'
import { closeRevision, followSaving, isKept, openRevision, revision, savingState } from './writing.ts'

/** Brings the writing of a revision to life. Returns what ends it. */
export function startWriting(id: number): () => void {
  merging.value = lookOnce.value = false
  addEventListener('beforeunload', warn)
  const undo = [
    followBody(),
    followSaving(),
    followParting(),
    watch(
      () => revision.value?.id,
      now => now !== undefined && void begun(),
      { immediate: true },
    ),
    () => removeEventListener('beforeunload', warn),
    forgetNeighbours,
    closeRevision,
  ]
  void openRevision(id)
  return () => undo.forEach(stop => stop())
}

async function begun(): Promise<void> {
  void loadQueries()
  void loadReturn()
  await nextTick()
  if (!merging.value) goToField('standardQuestion')
}

/** Only a text that is neither on the server nor on this computer would be lost. */
function warn(event: BeforeUnloadEvent): void {
  if (savingState.value.is !== 'saved' && !isKept.value) event.preventDefault()
}
