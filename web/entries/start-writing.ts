import { nextTick, watch } from 'vue'
import { forgetNeighbours, loadQueries } from './neighbours.ts'
import { followBody } from './preview.ts'
import { goToField } from './sections.ts'
import { scriptAddress } from './place.ts'
import { lookOnce } from './submission.ts'
import { lastRound, merge, merging, revision, session } from './writing.ts'

/** Brings the writing of a revision to life. Returns what ends it. */
export function startWriting(id: number): () => void {
  merging.value = lookOnce.value = false
  const undo = [
    followBody(),
    session.follow(),
    merge.follow(),
    watch(
      () => revision.value?.id,
      now => now !== undefined && void begun(),
      { immediate: true },
    ),
    forgetNeighbours,
    session.close,
  ]
  void session.open(id)
  return () => undo.forEach(stop => stop())
}

async function begun(): Promise<void> {
  if (revision.value?.script) return location.replace(scriptAddress(revision.value.id))
  void loadQueries()
  void lastRound.load()
  await nextTick()
  if (!merging.value) goToField('standardQuestion')
}
