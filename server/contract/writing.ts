import { Type, type Static } from 'typebox'
import { BasisView, EntryLink, Scope } from './entry.ts'
import { DiffPart, FieldDiff } from './diff.ts'
import {
  CATEGORIES,
  ENTRY_KINDS,
  LABELS,
  REVIEW_KINDS,
  REVIEW_STATES,
  REVISION_STATES,
  VOTE_VERDICTS,
} from './lists.ts'
import { ScriptDraft, ScriptText } from './script.ts'
import { Id, Instant, Page, Slug, nullable, oneOf } from './shapes.ts'

/** The longest Markdown body, in characters, and the most wordings: named in the refusal when passed. */
export const MAX_BODY = 50_000
export const MAX_SIMILAR = 50
/** So many wordings an entry needs to be found by; a file with fewer is not imported. */
export const MIN_SIMILAR = 6

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

/** What a draft is saved as: the text of an entry, told by its body, or a script, told by its steps. */
export const SavedText = Type.Unsafe<DraftText | (ScriptDraft & { steps: unknown })>({
  type: 'object',
  anyOf: [{ required: ['body'] }, { required: ['steps'] }],
  dependencies: { body: DraftText, steps: ScriptDraft },
})

export const NewEntryReply = Type.Object({ id: Id, revisionId: Id })
export const NewRevisionReply = Type.Object({ revisionId: Id })

/** Who stands under a revision; `hasWritten` is false for a co-author who was only asked to. */
const AuthorView = Type.Object({ id: Id, name: Type.String(), department: Slug, hasWritten: Type.Boolean() })

/** Who a revision's co-author is to be, or no longer. */
export const CoAuthorParams = Type.Object({ id: Id, personId: Id })
export const AuthorList = Type.Object({ authors: Type.Array(AuthorView) })
export type AuthorList = Static<typeof AuthorList>

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
  /** Of a script: what its body says; null for any other kind, and for a body that cannot be read. */
  script: nullable(ScriptText),
  authors: Type.Array(AuthorView),
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
      /** Its last review. */
      reviewId: nullable(Id),
      updatedAt: Instant,
    }),
  ),
})
export type MyRevisions = Static<typeof MyRevisions>
export const MyRevisionsQuery = Type.Object(Page)

const Named = Type.Object({ name: Type.String(), at: Instant })

/** All that ever happened to an entry, the newest revision first; drafts of others are left out. */
export const EntryHistory = Type.Object({
  revisions: Type.Array(
    Type.Object({
      id: Id,
      number: Type.Integer(),
      title: Type.String(),
      state: oneOf(REVISION_STATES),
      authors: Type.Array(Type.Object({ id: Id, name: Type.String() })),
      createdAt: Instant,
      reviews: Type.Array(
        Type.Object({
          id: Id,
          kind: oneOf(REVIEW_KINDS),
          round: Type.Integer(),
          state: oneOf(REVIEW_STATES),
          opened: Named,
          votes: Type.Array(
            Type.Object({
              ...Named.properties,
              department: Slug,
              verdict: oneOf(VOTE_VERDICTS),
              reason: nullable(Type.String()),
            }),
          ),
          withdrawal: nullable(Type.Object({ ...Named.properties, reason: nullable(Type.String()) })),
        }),
      ),
      publications: Type.Array(
        Type.Object({ at: Instant, until: nullable(Instant), reason: nullable(Type.String()) }),
      ),
    }),
  ),
  retirements: Type.Array(Type.Object({ at: Instant, reason: Type.String() })),
})
export type EntryHistory = Static<typeof EntryHistory>

/** Two revisions compared, or two texts. */
export const ComparisonQuery = Type.Object({ before: Id, after: Id })
export const Comparison = Type.Object({ fields: Type.Array(FieldDiff) })
export type Comparison = Static<typeof Comparison>
export const NewComparison = Type.Object(
  { before: text(MAX_BODY), after: text(MAX_BODY) },
  { additionalProperties: false },
)
export const TextComparison = Type.Object({ parts: Type.Array(DiffPart) })
export type TextComparison = Static<typeof TextComparison>

export const NewPreview = Type.Object({ body: text(MAX_BODY) }, { additionalProperties: false })
export const Preview = Type.Object({ bodyHtml: Type.String() })

/** Entries near a draft: what a reviewer would ask about. `figures` are numbers of one unit that differ. */
export const Neighbours = Type.Object({
  near: Type.Array(Type.Object({ ...EntryLink.properties, score: Type.Number() })),
  sameSource: Type.Array(EntryLink),
  figures: Type.Array(
    Type.Object({ entry: EntryLink, unit: Type.String(), here: Type.String(), there: Type.String() }),
  ),
})
export type Neighbours = Static<typeof Neighbours>

/** What callers' questions were typed as in calls that ended on an entry, the most frequent first. */
export const EntryQueries = Type.Object({
  queries: Type.Array(Type.Object({ query: Type.String(), calls: Type.Integer() })),
})
export type EntryQueries = Static<typeof EntryQueries>
