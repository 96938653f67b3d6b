import { Type, type Static } from 'typebox'
import { CATEGORIES, SEARCH_KINDS, VIEW_LABELS } from './lists.ts'
import { SCRIPT_CLASSES } from './script-lists.ts'
import { NoticeView } from './notice.ts'
import { Scope } from './entry.ts'
import { Id, Instant, Page, Range, nullable, oneOf } from './shapes.ts'

/** The longest query taken; only its first part is analysed (platform/text says how much). */
export const MAX_QUERY = 20_000

/** Results are ranked to a depth that nobody on a call goes beyond. */
export const SearchQuery = Type.Object({
  ...Page,
  offset: Type.Integer({ minimum: 0, maximum: 900, default: 0 }),
  q: Type.String({ maxLength: MAX_QUERY, default: '' }),
  kind: Type.Optional(oneOf(SEARCH_KINDS)),
  category: Type.Optional(oneOf(CATEGORIES)),
  area: Type.Optional(Type.String({ maxLength: 60 })),
  call: Type.Optional(Id),
})
export type SearchQuery = Static<typeof SearchQuery>

/**
 * One result. `score` falls from the first hit to the last and has no unit. `highlights` are ranges of `title` and
 * `snippet`. `resolvedCount` is how many calls this answer settled in the last 30 days; `scriptClass` is
 * the class of the complaint a script is for.
 */
export const SearchHit = Type.Object({
  kind: oneOf(SEARCH_KINDS),
  id: Id,
  topic: Type.String(),
  category: oneOf(CATEGORIES),
  title: Type.String(),
  say: Type.String(),
  snippet: Type.String(),
  highlights: Type.Object({ title: Type.Array(Range), snippet: Type.Array(Range) }),
  score: Type.Number(),
  validUntil: nullable(Instant),
  labels: Type.Array(oneOf(VIEW_LABELS)),
  scope: Scope,
  resolvedCount: Type.Integer(),
  scriptClass: Type.Optional(oneOf(SCRIPT_CLASSES)),
})
export type SearchHit = Static<typeof SearchHit>

/** `query` is the text that was searched; `confident: false` means no approved answer was found with confidence. */
export const SearchReply = Type.Object({
  query: Type.String(),
  confident: Type.Boolean(),
  total: Type.Integer(),
  hits: Type.Array(SearchHit),
  notices: Type.Array(NoticeView),
  facets: Type.Object({
    kind: Type.Record(Type.String(), Type.Integer()),
    category: Type.Record(Type.String(), Type.Integer()),
  }),
  engine: Type.String(),
  degraded: Type.Boolean(),
})
export type SearchReply = Static<typeof SearchReply>
