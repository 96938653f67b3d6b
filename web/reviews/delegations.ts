import { shallowRef } from 'vue'
import type { DelegationList, NewDelegation } from '#server/contract/review.ts'
import { call, complain } from '../api/index.ts'
import { say } from '../ui/toasts.ts'

export type Delegation = DelegationList['delegations'][number]

/** Seats lent by or to oneself that are not over; for the chair, everybody's. */
export const delegations = shallowRef<readonly Delegation[]>([])

/** Reads the seats that are lent; what cannot be read leaves what was known. */
export async function loadDelegations(): Promise<void> {
  delegations.value = await call('GET /api/delegations').then(
    found => found.delegations,
    () => delegations.value,
  )
}

/** Lends one's seat. Throws the refusal. */
export async function lend(body: NewDelegation): Promise<void> {
  delegations.value = (await call('POST /api/delegations', { body })).delegations
  say('delegation.done', { tone: 'good' })
}

/** Takes a seat back before its time. */
export const endDelegation = ({ id }: Delegation): Promise<void> =>
  complain(async () => {
    delegations.value = (await call('PUT /api/delegations/:id/ending', { params: { id } })).delegations
    say('delegation.ended', { tone: 'good' })
  })
