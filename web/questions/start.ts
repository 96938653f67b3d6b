import { watch } from 'vue'
import type { LiveEvent } from '#server/contract/notification.ts'
import { complain, hearEvents, loadMe, reconnections, resumptions } from '../api/index.ts'
import { loadDepartments } from '../reading/departments.ts'
import { followWords } from './drafts.ts'
import { followAddress, openId, place } from './place.ts'
import { followChoice } from './pointing.ts'
import { forgetQuestion, reloadQuestion, shownId, showQuestion } from './question.ts'
import { chooseId, followFilters, loadList } from './queue.ts'

/** So long (ms) events are gathered before anything is read: a page that was away hears many at once. */
export const GATHERING = 300
/** So often (ms) the list is read without being told: that a colleague took a question is told to nobody. */
export const POLL = 30_000
/** So long (ms) a choice must stand before its question is read: shorter than a look, longer than a key held down. */
const DWELL = 120

/** Brings the screen to life; it reads anew when one comes back to it and when the server does. Returns what ends it. */
export function startQuestions(): () => void {
  const readSoon = soonOnce(readAgain, GATHERING)
  const showSoon = soon((id: number) => void showQuestion(id), DWELL)
  const poll = setInterval(() => document.visibilityState === 'visible' && void readAgain(), POLL)
  const hear = ({ event }: LiveEvent) =>
    /^(?:question|review|callback|revision)\./u.test(event) && readSoon.run()
  document.addEventListener('visibilitychange', onSight)
  const undo = [
    followAddress(),
    followFilters(),
    followWords(),
    followChoice(),
    watch(openId, id => id !== null && chooseId(id)),
    watch(shownId, id => (id === undefined ? forgetQuestion() : showSoon.run(id)), { immediate: true }),
    watch(place, ({ page }) => page === 'questions' && void readAgain()),
    watch(reconnections, () => void takeUp()),
    watch(resumptions, () => void readAgain()),
    hearEvents(hear),
    () => document.removeEventListener('visibilitychange', onSight),
    () => clearInterval(poll),
    readSoon.stop,
    showSoon.stop,
    forgetQuestion,
  ]
  void takeUp()
  return () => undo.forEach(stop => stop())
}

/** Runs `work` after a pause, with what was given last. */
function soon<A extends unknown[]>(work: (...given: A) => void, pause: number) {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = () => clearTimeout(timer)
  const run = (...given: A) => {
    stop()
    timer = setTimeout(() => work(...given), pause)
  }
  return { run, stop }
}

/** Runs `work` a while after the first of several calls. */
function soonOnce(work: () => unknown, pause: number) {
  let timer: ReturnType<typeof setTimeout> | undefined
  const run = () =>
    (timer ??= setTimeout(() => {
      timer = undefined
      void work()
    }, pause))
  return { run, stop: () => clearTimeout(timer) }
}

async function takeUp(): Promise<void> {
  await Promise.all([complain(loadMe), complain(loadDepartments), readAgain()])
  if (openId.value !== null) chooseId(openId.value)
}

const readAgain = (): Promise<unknown> => Promise.all([loadList(), reloadQuestion()])
const onSight = () => document.visibilityState === 'visible' && void readAgain()
