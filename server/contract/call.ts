import { Type, type Static } from 'typebox'
import { COPIED_PARTS, VERDICTS } from './lists.ts'
import { FollowedStep } from './script-use.ts'
import { Id, Instant, nullable, oneOf } from './shapes.ts'

/** `callId` is the telephone system's own id: the same id begins the same call once. Numbers are stored only as a keyed hash and last four digits. */
export const NewCall = Type.Object(
  {
    callId: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
    callerNum: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })),
    accountNo: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })),
    area: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    topic: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  },
  { additionalProperties: false },
)
export type NewCall = Static<typeof NewCall>

/** Where the caller turned out to be; empty when it is no longer known. */
export const CallArea = Type.Object({ area: Type.String({ maxLength: 60 }) }, { additionalProperties: false })
export type CallArea = Static<typeof CallArea>

/** A script that is named must be in force, or have been followed in the call. */
export const NewOutcome = Type.Object(
  {
    verdict: oneOf(VERDICTS),
    entryId: Type.Optional(Id),
    scriptId: Type.Optional(Id),
    wrapCode: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    note: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  },
  { additionalProperties: false },
)
export type NewOutcome = Static<typeof NewOutcome>

export const NewCopy = Type.Object(
  { entryId: Id, part: oneOf(COPIED_PARTS) },
  { additionalProperties: false },
)
export type NewCopy = Static<typeof NewCopy>

export const CallView = Type.Object({
  id: Id,
  startedAt: Instant,
  endedAt: nullable(Instant),
  callerLast4: nullable(Type.String()),
  accountLast4: nullable(Type.String()),
  area: nullable(Type.String()),
  topic: nullable(Type.String()),
  outcome: nullable(
    Type.Object({
      verdict: oneOf(VERDICTS),
      entryId: nullable(Id),
      scriptId: nullable(Id),
      wrapCode: nullable(Type.String()),
      note: nullable(Type.String()),
      at: Instant,
    }),
  ),
  searches: Type.Array(
    Type.Object({
      query: Type.String(),
      total: Type.Integer(),
      confident: Type.Boolean(),
      at: Instant,
      tookMs: Type.Number(),
    }),
  ),
  opened: Type.Array(
    Type.Object({ entryId: Id, how: Type.String(), rank: nullable(Type.Integer()), at: Instant }),
  ),
  copied: Type.Array(Type.Object({ entryId: Id, part: oneOf(COPIED_PARTS), at: Instant })),
  followed: Type.Array(FollowedStep),
})
export type CallView = Static<typeof CallView>

/** The call this person has open, if any: what the desk shows again after a restart or a closed page. */
export const CurrentCall = Type.Object({ call: nullable(CallView) })
export type CurrentCall = Static<typeof CurrentCall>
