import { Type, type Static } from 'typebox'

/**
 * How an engine outside the process fares: `fault` says why it does not serve, `sent` how many documents a build has
 * sent so far, `swapped` whether it has taken the place of the old index, `waiting` how many changes it does not have yet,
 * `setAside` how many documents it would not take, `stale` how many hits were dropped since the start.
 */
export const RemoteHealth = Type.Object({
  state: Type.String(),
  fault: Type.Optional(Type.String()),
  sent: Type.Optional(Type.Integer()),
  swapped: Type.Optional(Type.Boolean()),
  waiting: Type.Integer(),
  setAside: Type.Integer(),
  stale: Type.Integer(),
})

export const Health = Type.Object({
  status: Type.Enum(['ok', 'degraded'] as const),
  version: Type.String(),
  engine: Type.Object({
    name: Type.String(),
    degraded: Type.Boolean(),
    documents: Type.Integer(),
    remote: Type.Optional(RemoteHealth),
  }),
  database: Type.Object({ ok: Type.Boolean() }),
})
export type Health = Static<typeof Health>
