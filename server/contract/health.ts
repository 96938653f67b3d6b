import { Type, type Static } from 'typebox'

export const Health = Type.Object({
  status: Type.Enum(['ok', 'degraded'] as const),
  version: Type.String(),
  engine: Type.Object({ name: Type.String(), degraded: Type.Boolean(), documents: Type.Integer() }),
  database: Type.Object({ ok: Type.Boolean() }),
})
export type Health = Static<typeof Health>
