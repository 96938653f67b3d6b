import { shallowRef } from 'vue'
import type { AgentList, CallbackView } from '#server/contract/answering.ts'
import { call } from '../api/index.ts'
import { say } from '../ui/toasts.ts'
import { loadCallbacks } from './callbacks.ts'

/** Agents to whom a call-back may be handed over. */
export const agents = shallowRef<AgentList['agents']>([])

export async function loadAgents(): Promise<void> {
  agents.value = (await call('GET /api/callback-holders')).agents
}

/** Hands a call-back over to another agent. */
export async function handOver({ id }: Pick<CallbackView, 'id'>, personId: number): Promise<void> {
  const now = await call('PUT /api/callbacks/:id/holder', { params: { id }, body: { personId } })
  say('callbacks.toast.handedOver', { tone: 'good', values: { name: now.holder.name } })
  await loadCallbacks()
}
