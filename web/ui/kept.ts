import { ref, watch, type Ref } from 'vue'

/** A text that outlives a reload: kept in this tab's storage under `firstline.<name>` until it is empty again. */
export function keptText(name: string): Ref<string> {
  const key = `firstline.${name}`
  const text = ref(sessionStorage.getItem(key) ?? '')
  watch(text, now => (now === '' ? sessionStorage.removeItem(key) : sessionStorage.setItem(key, now)), {
    flush: 'sync',
  })
  return text
}
