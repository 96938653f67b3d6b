import { nextTick, watch } from 'vue'
import { followChecks, showsAll } from './findings.ts'
import { inserting } from './inserting.ts'
import { loadMethod } from '../reading/method.ts'
import { explaining } from './mending.ts'
import { goToStep } from './steps.ts'
import { lookOnce } from './submission.ts'
import { focused, forgetUndo, lastRound, merge, merging, revision, session, shownStep } from './writing.ts'

/** Brings the building of a script to life. Returns what ends it. */
export function startBuilding(id: number): () => void {
  merging.value = lookOnce.value = showsAll.value = false
  inserting.value = focused.value = explaining.value = undefined
  shownStep.value = 1
  forgetUndo()
  const undo = [
    session.follow(),
    merge.follow(),
    followChecks(),
    // What was there before a merge must not come back over what the other wrote.
    watch(merging, now => !now && forgetUndo()),
    watch(
      () => revision.value?.id,
      now => now !== undefined && void begun(),
      { immediate: true },
    ),
    session.close,
  ]
  void loadMethod()
  void session.open(id)
  return () => undo.forEach(stop => stop())
}

async function begun(): Promise<void> {
  void lastRound.load()
  await nextTick()
  const isUntitled = revision.value?.standardQuestion === ''
  if (!merging.value) await goToStep(isUntitled ? 0 : 1)
}
