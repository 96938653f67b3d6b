import { watch } from 'vue'
import type { LiveEvent } from '#server/contract/notification.ts'
import { complain, hearEvents, loadMe, reconnections, resumptions } from '../api/index.ts'
import { followChoice, loadRetryHours } from './calling.ts'
import { followList, loadCallbacks } from './callbacks.ts'

/** Events that may make a call-back due, or take away what was to be told. */
const TELLING = /^(?:callback|question|revision)\./u
/** So often (ms) it is read anew: one that was put off becomes due by the clock, without an event. */
const EVERY = 60_000

/** Brings the screen to life; it reads anew when the server tells of something and when one comes back. Returns what ends it. */
export function startCallbacks(): () => void {
  document.addEventListener('visibilitychange', onSight)
  const timer = setInterval(() => void loadCallbacks(), EVERY)
  const undo = [
    followList(),
    followChoice(),
    hearEvents(hear),
    watch([reconnections, resumptions], () => void loadCallbacks()),
    () => document.removeEventListener('visibilitychange', onSight),
    () => clearInterval(timer),
  ]
  void complain(loadMe)
  void loadRetryHours()
  void loadCallbacks()
  return () => undo.forEach(stop => stop())
}

const onSight = () => document.visibilityState === 'visible' && void loadCallbacks()
const hear = ({ event }: LiveEvent) => TELLING.test(event) && void loadCallbacks()
