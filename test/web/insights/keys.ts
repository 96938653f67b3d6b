import { flushPromises } from '@vue/test-utils'

/** Presses a key where the focus is, and lets what it does happen. */
export async function press(key: string): Promise<void> {
  const target = document.activeElement ?? document.body
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  await flushPromises()
}
