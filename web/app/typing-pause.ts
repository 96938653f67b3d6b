import { onBeforeUnmount, ref, watch, type Ref } from 'vue'

/** Hands that did nothing for so long (ms) have stopped typing. */
const PAUSE = 800

/**
 * Follows `wanted`, but turns true only once nobody is typing: the rest of a word must not land in a dialog's box. A word that an input
 * method composes is not done while one looks for it among the candidates, however long that takes.
 */
export function onceHandsRest(wanted: Readonly<Ref<boolean>>): Readonly<Ref<boolean>> {
  const granted = ref(false)
  let lastKey = -Infinity
  let timer: ReturnType<typeof setTimeout> | undefined
  let composing: EventTarget | null = null
  const noteKey = () => (lastKey = performance.now())
  const noteBegin = (event: Event) => (composing = event.target)
  const noteEnd = () => {
    composing = null
    noteKey()
  }
  const grant = () => {
    const wait = isOnPage(composing) ? PAUSE : lastKey + PAUSE - performance.now()
    if (wait > 0) timer = setTimeout(grant, wait)
    else granted.value = true
  }
  const stop = watch(wanted, now => {
    clearTimeout(timer)
    if (now) grant()
    else granted.value = false
  })
  const heard = { keydown: noteKey, input: noteKey, compositionstart: noteBegin, compositionend: noteEnd }
  for (const [name, note] of Object.entries(heard)) document.addEventListener(name, note, true)
  onBeforeUnmount(() => {
    stop()
    clearTimeout(timer)
    for (const [name, note] of Object.entries(heard)) document.removeEventListener(name, note, true)
  })
  return granted
}

/** A box that is taken off the page ends its composition without a word. */
const isOnPage = (box: EventTarget | null): boolean => box instanceof Node && box.isConnected
