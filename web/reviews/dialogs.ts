import { ref } from 'vue'

export type DialogName =
  | 'approve'
  | 'return'
  | 'remark'
  | 'department'
  | 'fastLane'
  | 'standIn'
  | 'withdraw'
  | 'basis'
  | 'batch'
  | 'delegation'

/** The dialog that stands over the page. */
export const dialog = ref<DialogName>()
export const closeDialog = (): void => void (dialog.value = undefined)
