import { Type, type Static } from 'typebox'
import { CATEGORIES, COMPANIES, ENTRY_KINDS, OPENED_HOW, SOURCE_STATUSES, VIEW_LABELS } from './lists.ts'
import { Id, Instant, Slug, nullable, oneOf } from './shapes.ts'

/** 适用范围. An absent field means "everywhere" or "everyone". */
export const Scope = Type.Object(
  {
    company: Type.Optional(oneOf(COMPANIES)),
    province: Type.Optional(Type.String({ minLength: 1, maxLength: 20 })),
    city: Type.Optional(Type.String({ minLength: 1, maxLength: 20 })),
    customerClass: Type.Optional(Type.String({ minLength: 1, maxLength: 20 })),
  },
  { additionalProperties: false },
)
export type Scope = Static<typeof Scope>

/** One citation of a Source; `status` is the Source's own. */
export const BasisView = Type.Object({
  sourceId: Id,
  title: Type.String(),
  number: Type.String(),
  clause: nullable(Type.String()),
  status: oneOf(SOURCE_STATUSES),
})
export type BasisView = Static<typeof BasisView>

export const ApprovalView = Type.Object({ name: Type.String(), department: Slug, at: Instant })
export type ApprovalView = Static<typeof ApprovalView>

export const EntryLink = Type.Object({
  id: Id,
  kind: oneOf(ENTRY_KINDS),
  topic: Type.String(),
  title: Type.String(),
})
export type EntryLink = Static<typeof EntryLink>

/** The published revision of an entry as agents see it. `bodyHtml` is sanitised; `revision` counts from 1. */
export const EntryView = Type.Object({
  id: Id,
  kind: oneOf(ENTRY_KINDS),
  topic: Type.String(),
  category: oneOf(CATEGORIES),
  title: Type.String(),
  similarQuestions: Type.Array(Type.String()),
  say: Type.String(),
  bodyHtml: Type.String(),
  basis: Type.Array(BasisView),
  scope: Scope,
  tags: Type.Array(Type.String()),
  labels: Type.Array(oneOf(VIEW_LABELS)),
  validFrom: nullable(Instant),
  validUntil: nullable(Instant),
  verifiedAt: Instant,
  verifyBy: nullable(Instant),
  revision: Type.Integer({ minimum: 1 }),
  publishedAt: Instant,
  approvedBy: Type.Array(ApprovalView),
  owner: Slug,
  favourite: Type.Boolean(),
  related: Type.Array(EntryLink),
})
export type EntryView = Static<typeof EntryView>

/** `call` counts the reading to a call; `how` and `rank` (1 = first hit) say how it was opened. */
export const EntryQuery = Type.Object({
  call: Type.Optional(Id),
  how: Type.Optional(oneOf(OPENED_HOW)),
  rank: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
})
export type EntryQuery = Static<typeof EntryQuery>

export const EntryLinks = Type.Object({ entries: Type.Array(EntryLink) })
export type EntryLinks = Static<typeof EntryLinks>
