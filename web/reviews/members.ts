import { computed, shallowRef } from 'vue'
import type { MemberList } from '#server/contract/review.ts'
import { call, me } from '../api/index.ts'

/** Who has a seat on the committee. */
export const members = shallowRef<MemberList['members']>([])
export const isChair = computed(() => me.value?.roles.includes('chair') === true)
export const isMember = computed(() => members.value.some(one => one.personId === me.value?.id))

/** Reads who sits on the committee; not for everyone, so a refusal leaves what was known. */
export async function loadMembers(): Promise<void> {
  members.value = await call('GET /api/members').then(
    found => found.members,
    () => members.value,
  )
}
