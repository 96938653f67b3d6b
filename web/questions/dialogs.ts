import { ref } from 'vue'
import type { NearQuestion } from '#server/contract/question.ts'

/** A dialog that stands over the page; `merge` asks before a question is joined to a near one. */
export type Shown =
  { name: 'routing' | 'return' | 'refusal' | 'facts' | 'policy' } | { name: 'merge'; into: NearQuestion }

export const dialog = ref<Shown>()
export const closeDialog = (): void => void (dialog.value = undefined)
