import { Type, type Static } from 'typebox'
import { Id, Instant, nullable } from './shapes.ts'

/** Rows of the time [from, to), all of them when absent; `limit` and `offset` count rows. */
export const AuditQuery = Type.Object({
  from: Type.Optional(Instant),
  to: Type.Optional(Instant),
  format: Type.Enum(['json', 'csv'] as const, { default: 'json' }),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000_000 })),
  offset: Type.Integer({ minimum: 0, maximum: 10_000_000, default: 0 }),
})
export type AuditQuery = Static<typeof AuditQuery>

/** One line of the audit trail. `person` is null for the service itself; `before`, `after` and `hash` are SHA-256. */
export const AuditRow = Type.Object({
  id: Id,
  at: Instant,
  person: nullable(Type.Object({ id: Id, workNo: Type.String(), name: Type.String() })),
  from: nullable(Type.String()),
  action: Type.String(),
  subject: Type.String(),
  note: nullable(Type.String()),
  before: nullable(Type.String()),
  after: nullable(Type.String()),
  hash: Type.String(),
})
export type AuditRow = Static<typeof AuditRow>

export const AuditRows = Type.Object({ rows: Type.Array(AuditRow) })
export type AuditRows = Static<typeof AuditRows>
