import type { GapBoard, GapView } from '#server/contract/gap.ts'
import type { Verdict } from '#server/contract/lists.ts'
import type { Client, TestApp } from '../support/app.ts'

/** A call in which an agent searched for each of `queries`, long enough apart to be one query each; returns its id. */
export async function callWith(
  t: TestApp,
  agent: Client,
  queries: string[],
  verdict?: Verdict,
): Promise<number> {
  const { id } = (await agent.post('/api/calls', {})).json<{ id: number }>()
  for (const q of queries) {
    t.clock.now += 5_000
    await agent.get(`/api/search?call=${id}&q=${encodeURIComponent(q)}`)
  }
  if (verdict) await agent.put(`/api/calls/${id}/outcome`, { verdict })
  await agent.put(`/api/calls/${id}/end`)
  return id
}

export const boardOf = async (client: Client, query = ''): Promise<GapBoard> =>
  (await client.get(`/api/gaps?limit=100${query}`)).json<GapBoard>()

export const gapOf = async (client: Client, id: number): Promise<GapView> =>
  (await client.get(`/api/gaps/${id}`)).json<GapView>()
