import { onBeforeUnmount, ref, watch, type Ref } from 'vue'

/** Hands that did nothing for so long (ms) have stopped typing. */
const PAUSE = 800

/** Follows `wanted`, but turns true only once nobody is typing: the rest of a word must not land in a dialog's box. */
export function onceHandsRest(wanted: Readonly<Ref<boolean>>): Readonly<Ref<boolean>> {
  const granted = ref(false)
  let lastKey = -Infinity
  let timer: ReturnType<typeof setTimeout> | undefined
  const noteKey = () => (lastKey = performance.now())
  const grant = () => {
    const wait = lastKey + PAUSE - performance.now()
    if (wait > 0) timer = setTimeout(grant, wait)
    else granted.value = true
  }
  const stop = watch(wanted, now => {
    clearTimeout(timer)
    if (now) grant()
    else granted.value = false
  })
  document.addEventListener('keydown', noteKey, true)
  document.addEventListener('input', noteKey, true)
  onBeforeUnmount(() => {
    stop()
    clearTimeout(timer)
    document.removeEventListener('keydown', noteKey, true)
    document.removeEventListener('input', noteKey, true)
  })
  return granted
}
