import { computed, shallowRef } from 'vue'
import type { PersonView } from '#server/contract/person.ts'
import { call } from '../api/index.ts'

/** Who looks at the page. */
export const me = shallowRef<PersonView>()
/** Only the committee replaces one source by another. */
export const isCommittee = computed(
  () => me.value?.roles.some(role => role === 'reviewer' || role === 'chair') === true,
)

export async function loadMe(): Promise<void> {
  me.value = (await call('GET /api/session')).person
}
