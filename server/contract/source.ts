import { Type, type Static } from 'typebox'
import { SOURCE_KINDS, SOURCE_STATUSES } from './lists.ts'
import { Id, Page, nullable, oneOf } from './shapes.ts'

const DayOrNull = nullable(Type.String())

/** A document of the register 依据文件; dates are YYYY-MM-DD. */
export const SourceView = Type.Object({
  id: Id,
  key: Type.String(),
  title: Type.String(),
  number: Type.String(),
  issuer: Type.String(),
  kind: oneOf(SOURCE_KINDS),
  issuedOn: DayOrNull,
  inForceFrom: DayOrNull,
  inForceTo: DayOrNull,
  supersededBy: nullable(Type.Object({ id: Id, title: Type.String(), number: Type.String() })),
  status: oneOf(SOURCE_STATUSES),
})
export type SourceView = Static<typeof SourceView>

export const SourceQuery = Type.Object({
  ...Page,
  q: Type.Optional(Type.String({ maxLength: 100 })),
  status: Type.Optional(oneOf(SOURCE_STATUSES)),
})
export type SourceQuery = Static<typeof SourceQuery>

export const SourceList = Type.Object({ total: Type.Integer(), sources: Type.Array(SourceView) })
export type SourceList = Static<typeof SourceList>
