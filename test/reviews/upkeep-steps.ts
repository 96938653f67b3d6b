import type { LightMyRequestResponse } from 'fastify'
import { FEEDBACK_KINDS } from '#server/contract/lists.ts'
import type { TaskList } from '#server/contract/upkeep.ts'
import { pick, type Step } from './cast.ts'
import type { World } from './world.ts'

type Take = (step: Step) => Promise<LightMyRequestResponse | undefined>

/** What is done to knowledge that is in force. */
export const upkeepSteps = (world: World): Record<string, Take> => {
  const entryOf = (what: number): number => pick(world.model.drafts, what)?.entryId ?? 1
  return {
    verify: async ({ who, what }) =>
      (await world.client(who)).post(`/api/entries/${entryOf(what)}/verifications`),
    supersede: async ({ how }) =>
      (await world.t.signIn('chair')).put('/api/sources/3/successor', { by: 1 + (how % 2) }),
    report: async ({ what, how }) => {
      const said = { kind: pick(FEEDBACK_KINDS, how), words: '口径不对' }
      return (await world.t.signIn('agent')).post(`/api/entries/${entryOf(what)}/feedback`, said)
    },
    handle: async ({ who, what }) => {
      const client = await world.client(who)
      const { tasks } = (await client.get('/api/tasks')).json<TaskList>()
      const task = pick(tasks, what)
      return task && client.put(`/api/tasks/${task.id}/ending`, { words: '已核对，口径无误' })
    },
  }
}
