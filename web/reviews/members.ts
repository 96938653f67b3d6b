import { computed, shallowRef } from 'vue'
import type { PersonView } from '#server/contract/person.ts'
import type { MemberList } from '#server/contract/review.ts'
import { call } from '../api/index.ts'

/** Who looks at the page. */
export const me = shallowRef<PersonView>()
/** Who has a seat on the committee. */
export const members = shallowRef<MemberList['members']>([])
export const isChair = computed(() => me.value?.roles.includes('chair') === true)
export const isMember = computed(() => members.value.some(one => one.personId === me.value?.id))

/** Reads who looks and who sits on the committee; the latter is not for everyone. */
export async function loadMe(): Promise<void> {
  me.value = (await call('GET /api/session')).person
  members.value = await call('GET /api/members').then(
    found => found.members,
    () => members.value,
  )
}
