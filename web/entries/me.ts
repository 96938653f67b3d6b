import { computed } from 'vue'
import { loadMe, me } from '../api/index.ts'

export { loadMe, me }

/** Only the committee replaces one source by another. */
export const isCommittee = computed(
  () => me.value?.roles.some(role => role === 'reviewer' || role === 'chair') === true,
)
