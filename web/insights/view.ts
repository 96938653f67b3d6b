import { computed } from 'vue'
import { keptText } from '../ui/kept.ts'

const kept = keptText('insights.tables')

/** Whether tables stand in place of the charts. */
export const asTable = computed({
  get: () => kept.value !== '',
  set: now => (kept.value = now ? 'yes' : ''),
})
