import { nextTick, watch } from 'vue'
import { complain, reconnections } from '../api/index.ts'
import { previewChosen } from './actions.ts'
import { clearAnswer, open, opened, preview, shown } from './answer.ts'
import { arrivedWith } from './arrival.ts'
import { area, begin, openCallId, refreshCall, resumeCall } from './call.ts'
import { loadDepartments } from '../reading/departments.ts'
import { followCall } from './follow-actions.ts'
import { followGaps } from './gap-filling.ts'
import { keepFollowing, restoreFollowing } from './kept-following.ts'
import { keepDraft, restoreDraft, type Draft } from './draft.ts'
import { followMyQuestions } from './my-questions.ts'
import { followMyReports } from './my-reports.ts'
import { followNotices, loadNotices } from './notices.ts'
import { linkedTarget } from './pop.ts'
import { followPlace, goTo, place } from './places.ts'
import { followAnswer } from './renewal.ts'
import { followUnsentSteps } from './script-steps.ts'
import { followScripts } from './script-view.ts'
import { showMyQuestions } from './raising.ts'
import { followReports } from './reports.ts'
import { answeredAt, ask, chosen, chosenHit, failure, hits, searchAsTyped, text } from './search.ts'
import { loadShelf } from './shelf.ts'
import { followUnsentQuestions } from './unsent-questions.ts'

const COUNT_AFTER = 1_500

let counting: ReturnType<typeof setTimeout> | undefined
let poppedCall = arrivedWith.call
/** What the address named; shown before what was there last. */
let linked = linkedTarget(arrivedWith)
/** What is still to be put back; waits for a server that can be reached. */
let unrestored: Draft | null = null

/** Brings the desk to life: draft and call are taken up again, a screen pop begins its call. Returns what ends it. */
export function startDesk(): () => void {
  unrestored = arrivedWith.call || arrivedWith.q ? null : restoreDraft()
  if (arrivedWith.area) area.value = arrivedWith.area
  if (arrivedWith.q) text.value = arrivedWith.q
  const undo = [
    keepDraft(),
    searchAsTyped(),
    followPlace(),
    watch(() => chosenHit.value && `${chosenHit.value.kind}-${chosenHit.value.id}`, onChosen),
    watch(text, now => now.trim() === '' && !opened.value && clearAnswer()),
    watch(answeredAt, countLater),
    watch(reconnections, () => void takeUp()),
    followNotices(),
    followAnswer(),
    followCall(),
    followGaps(),
    keepFollowing(),
    followScripts(),
    followUnsentSteps(),
    followReports(),
    followMyReports(),
    followUnsentQuestions(),
    followMyQuestions(),
  ]
  const { question } = arrivedWith
  void nextTick(() => (question === undefined ? goTo('box') : showMyQuestions(question)))
  void takeUp()
  return () => undo.forEach(stop => stop())
}

/** Reads everything anew; the call first, so that the search is counted to it. */
async function takeUp(): Promise<void> {
  await complain(popOrResume)
  void complain(loadDepartments)
  void loadNotices()
  void loadShelf()
  await ask()
  if (!failure.value) await putBack()
}

async function putBack(): Promise<void> {
  const [draft, target] = [unrestored, linked]
  unrestored = null
  linked = undefined
  if (target) await open(target, { how: 'link' })
  else if (draft && draft.chosen < hits.value.length) chosen.value = draft.chosen
  if (!target && draft?.shown) await showAgain(draft.shown)
  await restoreFollowing()
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

/** The server counts searches that follow each other closely as one: look when it has made up its mind. */
function countLater(): void {
  clearTimeout(counting)
  if (openCallId() !== undefined)
    counting = setTimeout(() => void refreshCall().catch(() => undefined), COUNT_AFTER)
}

/** What is being read in the answer pane stays; it is replaced only while one looks through the list. */
function onChosen(): void {
  if (place.value !== 'answer') previewChosen()
}
