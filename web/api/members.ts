import { shallowRef } from 'vue'
import type { MemberList } from '#server/contract/review.ts'
import { call } from './client.ts'

/** Who has a seat on the committee. */
export const members = shallowRef<MemberList['members']>([])

/** Reads who sits on the committee; not for everyone, so a refusal leaves what was known. */
export async function loadMembers(): Promise<void> {
  members.value = await call('GET /api/members').then(
    found => found.members,
    () => members.value,
  )
}
