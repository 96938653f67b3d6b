import { onBeforeUnmount, ref, watch, type Ref } from 'vue'

/** Hands that did nothing for so long (ms) have stopped typing. */
const PAUSE = 800

/**
 * Follows `wanted`, but turns true only once nobody is typing: the rest of a word must not land in a dialog's box. A word that an input
 * method composes is not done while one looks for it among the candidates, however long that takes.
 */
export function onceHandsRest(wanted: Readonly<Ref<boolean>>): Readonly<Ref<boolean>> {
  const granted = ref(false)
  const { untilRest, stop: stopHearing } = hearHands()
  let timer: ReturnType<typeof setTimeout> | undefined
  const grant = () => {
    const wait = untilRest()
    if (wait > 0) timer = setTimeout(grant, wait)
    else granted.value = true
  }
  const stop = watch(wanted, now => {
    clearTimeout(timer)
    if (now) grant()
    else granted.value = false
  })
  onBeforeUnmount(() => {
    stop()
    clearTimeout(timer)
    stopHearing()
  })
  return granted
}

/** Hears what is typed anywhere on the page; `untilRest` says how long (ms) to wait at least before hands may rest. */
function hearHands(): { untilRest: () => number; stop: () => void } {
  let lastKey = -Infinity
  let composing: EventTarget | null = null
  const noteKey = () => (lastKey = performance.now())
  const noteBegin = (event: Event) => (composing = event.target)
  const noteEnd = () => {
    composing = null
    noteKey()
  }
  const heard = { keydown: noteKey, input: noteKey, compositionstart: noteBegin, compositionend: noteEnd }
  for (const [name, note] of Object.entries(heard)) document.addEventListener(name, note, true)
  // A box that is taken off the page ends its composition without a word.
  const isComposing = () => composing instanceof Node && composing.isConnected
  return {
    untilRest: () => (isComposing() ? PAUSE : lastKey + PAUSE - performance.now()),
    stop: () => {
      for (const [name, note] of Object.entries(heard)) document.removeEventListener(name, note, true)
    },
  }
}
