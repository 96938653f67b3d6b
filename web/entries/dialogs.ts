import { ref } from 'vue'

/** What is asked for in a dialog. */
export type DialogName = 'endTask' | 'addSource' | 'supersede' | 'retire' | 'withdraw'
export const dialog = ref<DialogName>()
export const closeDialog = (): void => void (dialog.value = undefined)
