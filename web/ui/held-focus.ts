import { onBeforeUnmount, onMounted, type ShallowRef } from 'vue'

/** Takes the focus into a part that opens beside the page, and gives it back where it was when that closes with it. */
export function holdFocus(part: Readonly<ShallowRef<HTMLElement | null>>): void {
  let before: Element | null = null
  onMounted(() => {
    before = document.activeElement
    part.value?.focus({ preventScroll: true })
  })
  onBeforeUnmount(() => {
    const held = part.value?.contains(document.activeElement) === true
    if (held && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
  })
}
