import { Type, type Static } from 'typebox'
import { NOTICE_KINDS, NOTICE_STATES } from './lists.ts'
import { Id, Instant, Page, nullable, oneOf } from './shapes.ts'

const noticeText = (maxLength: number) => Type.String({ minLength: 1, maxLength })

/**
 * A grid status notice 电网状态通知 as it is posted. `endsAt` is when it lapses by itself; `estimate` is the expected
 * restoration, absent while nobody knows it; `nextUpdateAt` is when the next word is promised.
 */
export const NewNotice = Type.Object(
  {
    kind: oneOf(NOTICE_KINDS),
    areas: Type.Array(noticeText(60), { minItems: 1, maxItems: 50 }),
    line: Type.Optional(noticeText(80)),
    reason: Type.Optional(noticeText(200)),
    startsAt: Instant,
    endsAt: Instant,
    estimate: Type.Optional(Instant),
    nextUpdateAt: Type.Optional(Instant),
    say: noticeText(200),
  },
  { additionalProperties: false },
)
export type NewNotice = Static<typeof NewNotice>

/** `title` is made from kind, areas and line. `state` is derived from the clock. */
export const NoticeView = Type.Object({
  id: Id,
  kind: oneOf(NOTICE_KINDS),
  title: Type.String(),
  areas: Type.Array(Type.String()),
  line: nullable(Type.String()),
  reason: nullable(Type.String()),
  startsAt: Instant,
  endsAt: Instant,
  estimate: nullable(Instant),
  nextUpdateAt: nullable(Instant),
  say: Type.String(),
  postedAt: Instant,
  postedBy: Type.String(),
  state: oneOf(NOTICE_STATES),
})
export type NoticeView = Static<typeof NoticeView>

/** `area` matches when either name holds the other; `at` is the instant to look at (now when absent). */
export const NoticeQuery = Type.Object({
  ...Page,
  area: Type.Optional(Type.String({ maxLength: 60 })),
  at: Type.Optional(Instant),
  state: Type.Optional(oneOf(NOTICE_STATES)),
})
export type NoticeQuery = Static<typeof NoticeQuery>

export const NoticeList = Type.Object({ total: Type.Integer(), notices: Type.Array(NoticeView) })
export type NoticeList = Static<typeof NoticeList>
