import { computed, shallowRef } from 'vue'
import type { MemberList } from '#server/contract/review.ts'
import { call, loadMe as loadPerson, me } from '../api/index.ts'

export { me }

/** Who has a seat on the committee. */
export const members = shallowRef<MemberList['members']>([])
export const isChair = computed(() => me.value?.roles.includes('chair') === true)
export const isMember = computed(() => members.value.some(one => one.personId === me.value?.id))

/** Reads who looks and who sits on the committee; the latter is not for everyone. */
export async function loadMe(): Promise<void> {
  await loadPerson()
  members.value = await call('GET /api/members').then(
    found => found.members,
    () => members.value,
  )
}
