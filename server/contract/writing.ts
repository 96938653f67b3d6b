import { Type, type Static } from 'typebox'
import { BasisView, EntryLink, Scope } from './entry.ts'
import { CATEGORIES, ENTRY_KINDS, LABELS, REVISION_STATES } from './lists.ts'
import { Id, Instant, Page, Slug, nullable, oneOf } from './shapes.ts'

/** The longest Markdown body, in characters, and the most wordings: named in the refusal when passed. */
export const MAX_BODY = 50_000
export const MAX_SIMILAR = 50

const text = (maxLength: number) => Type.String({ maxLength })

const Citation = Type.Object(
  { sourceId: Id, clause: Type.Optional(Type.String({ maxLength: 120 })) },
  { additionalProperties: false },
)

/** What an author writes. A draft may be unfinished: what is missing is named when it is submitted. */
export const DraftText = Type.Object(
  {
    kind: oneOf(ENTRY_KINDS),
    category: oneOf(CATEGORIES),
    topic: text(40),
    ownerDepartment: Slug,
    standardQuestion: text(120),
    similarQuestions: Type.Array(text(120), { maxItems: MAX_SIMILAR }),
    say: text(200),
    body: text(MAX_BODY),
    basis: Type.Array(Citation, { maxItems: 20 }),
    scope: Scope,
    tags: Type.Optional(Type.Array(text(20), { maxItems: 20 })),
    labels: Type.Optional(Type.Array(oneOf(LABELS), { maxItems: LABELS.length })),
    validFrom: Type.Optional(nullable(Instant)),
    validUntil: Type.Optional(nullable(Instant)),
    verifyBy: Type.Optional(nullable(Instant)),
  },
  { additionalProperties: false },
)
export type DraftText = Static<typeof DraftText>

export const NewEntryReply = Type.Object({ id: Id, revisionId: Id })
export const NewRevisionReply = Type.Object({ revisionId: Id })

/** A revision as its authors and the committee see it; `version` is its ETag and grows with each save. */
export const RevisionView = Type.Object({
  ...DraftText.properties,
  id: Id,
  entryId: Id,
  number: Type.Integer({ minimum: 1 }),
  version: Type.Integer({ minimum: 1 }),
  state: oneOf(REVISION_STATES),
  basis: Type.Array(BasisView),
  bodyHtml: Type.String(),
  authors: Type.Array(Type.Object({ id: Id, name: Type.String() })),
  updatedAt: Instant,
  reviewId: nullable(Id),
  mayEdit: Type.Boolean(),
})
export type RevisionView = Static<typeof RevisionView>

/** Drafts and returned revisions of the person who asks. */
export const MyRevisions = Type.Object({
  total: Type.Integer(),
  revisions: Type.Array(
    Type.Object({
      ...Type.Omit(EntryLink, ['id']).properties,
      id: Id,
      entryId: Id,
      state: oneOf(REVISION_STATES),
      updatedAt: Instant,
    }),
  ),
})
export type MyRevisions = Static<typeof MyRevisions>
export const MyRevisionsQuery = Type.Object(Page)
