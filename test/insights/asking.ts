import type { GapBoard, GapView } from '#server/contract/gap.ts'
import type { BehindFcr, FcrFigures } from '#server/contract/insight.ts'
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

export const fcrOf = async (client: Client, query = ''): Promise<FcrFigures> =>
  (await client.get(`/api/figures/fcr${query}`)).json<FcrFigures>()

export const behindFcr = async (client: Client, figure: string, query = ''): Promise<BehindFcr> =>
  (await client.get(`/api/figures/fcr/${figure}${query}`)).json<BehindFcr>()

/** Numerator and denominator of one of the figures. */
export function madeOf({ figures }: Pick<FcrFigures, 'figures'>, definition: string): [number, number] {
  const { numerator, denominator } = figures.find(one => one.definition === definition)!
  return [numerator, denominator]
}
