import { watch } from 'vue'
import { complain, reconnections } from '../api/index.ts'
import { previewChosen } from './actions.ts'
import { clearAnswer, open, opened, preview, shown } from './answer.ts'
import { arrivedWith } from './arrival.ts'
import { area, begin, resumeCall } from './call.ts'
import { loadDepartments } from '../reading/departments.ts'
import { keepDraft, restoreDraft, type Draft } from './draft.ts'
import { followNotices, loadNotices } from './notices.ts'
import { followPlace, goTo, place } from './places.ts'
import { ask, chosen, chosenHit, hits, searchAsTyped, text } from './search.ts'
import { loadShelf } from './shelf.ts'

let poppedCall = arrivedWith.call

/** Brings the desk to life: draft and call are taken up again, a screen pop begins its call. Returns what ends it. */
export function startDesk(): () => void {
  const draft = arrivedWith.call || arrivedWith.q ? null : restoreDraft()
  if (arrivedWith.area) area.value = arrivedWith.area
  if (arrivedWith.q) text.value = arrivedWith.q
  const undo = [
    keepDraft(),
    searchAsTyped(),
    followPlace(),
    watch(() => chosenHit.value && `${chosenHit.value.kind}-${chosenHit.value.id}`, onChosen),
    watch(text, now => now.trim() === '' && !opened.value && clearAnswer()),
    watch(reconnections, () => void takeUp(null)),
    followNotices(),
  ]
  goTo('box')
  void takeUp(draft)
  return () => undo.forEach(stop => stop())
}

/** Reads everything anew; the call first, so that the search is counted to it. */
async function takeUp(draft: Draft | null): Promise<void> {
  await complain(popOrResume)
  void complain(loadDepartments)
  void loadNotices()
  void loadShelf()
  await ask()
  if (draft && draft.chosen < hits.value.length) chosen.value = draft.chosen
  if (draft?.shown) await showAgain(draft.shown)
  else if (arrivedWith.entry !== undefined && !shown.value)
    await open({ kind: 'answer', id: arrivedWith.entry }, { how: 'link' })
}

async function popOrResume(): Promise<void> {
  if (!poppedCall) return resumeCall()
  await begin(poppedCall)
  if (arrivedWith.area) area.value = arrivedWith.area
  poppedCall = undefined
}

/** After a reload what was open is open again, without being counted twice. */
async function showAgain(what: NonNullable<Draft['shown']>): Promise<void> {
  await preview({ kind: what.kind === 'notice' ? 'notice' : 'answer', id: what.id })
  opened.value = what.opened && shown.value?.id === what.id
}

/** What is being read in the answer pane stays; it is replaced only while one looks through the list. */
function onChosen(): void {
  if (place.value !== 'answer') previewChosen()
}
