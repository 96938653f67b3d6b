import { Type, type Static } from 'typebox'
import { SEARCH_KINDS } from './lists.ts'
import { Id, Instant, Page, nullable, oneOf } from './shapes.ts'

const Count = Type.Integer({ minimum: 0 })

/** What an engine outside the process does: only while it serves are searches answered by it. */
export const ENGINE_STATES = ['serving', 'looking', 'building', 'comparing', 'down'] as const
export type EngineState = (typeof ENGINE_STATES)[number]

/**
 * Why an engine outside the process could not be used. `untrusted`: its certificate; `task`: it took a change and could
 * not carry it out; `rejected`: it refused a request; `garbled`: what answered is another program; `missing`: an index is not there; `foreign`: it is
 * another's; `closed`: the service is ending.
 */
export const ENGINE_FAULTS = [
  'refused',
  'untrusted',
  'timeout',
  'busy',
  'unauthorized',
  'garbled',
  'version',
  'missing',
  'foreign',
  'full',
  'task',
  'rejected',
  'closed',
] as const
export type EngineFault = (typeof ENGINE_FAULTS)[number]

/**
 * How searches are answered, for supervisors and admins. `documents` are those the engine in the process holds; `remote` is
 * null where there is no other. `since`: when it last began or ceased to serve; `code`: the server's own word for the
 * fault; `build`: how many documents the build under way has sent, and whether it has taken the place of the old index;
 * `waiting`, `setAside`: documents that changed and are not there yet, and that it would not take; `stale`: hits dropped
 * and mended since the service started.
 */
export const EngineView = Type.Object({
  name: Type.String(),
  documents: Count,
  remote: nullable(
    Type.Object({
      state: oneOf(ENGINE_STATES),
      since: Instant,
      fault: nullable(oneOf(ENGINE_FAULTS)),
      code: nullable(Type.String()),
      build: nullable(Type.Object({ sent: Count, swapped: Type.Boolean() })),
      waiting: Count,
      setAside: Count,
      stale: Count,
    }),
  ),
})
export type EngineView = Static<typeof EngineView>

export const SetAsideQuery = Type.Object(Page)
export type SetAsideQuery = Static<typeof SetAsideQuery>

/**
 * A document that the engine outside would not take: found all the same, by the engine in the process. `subject` is like
 * "entry:12"; kind and title are null once it is not in force. `code` is what the server said against it.
 */
export const SetAsideView = Type.Object({
  id: Id,
  subject: Type.String(),
  kind: nullable(oneOf(SEARCH_KINDS)),
  title: nullable(Type.String()),
  since: Instant,
  code: nullable(Type.String()),
})
export type SetAsideView = Static<typeof SetAsideView>
export const SetAsideList = Type.Object({ total: Count, documents: Type.Array(SetAsideView) })
export type SetAsideList = Static<typeof SetAsideList>
