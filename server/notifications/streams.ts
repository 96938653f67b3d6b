import { PassThrough, type Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import type { NotificationView } from '#server/contract/notification.ts'
import type { Deps } from '#server/deps.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { actorOf, actorStill, type Actor } from '#server/people/index.ts'
import { changesAfter, lastChange } from './changes.ts'
import { lastNotification, notificationsAfter } from './queries.ts'

/** How many pages of one person may listen at once: a browser itself opens at most six connections to a server. */
const MOST_PER_PERSON = 4
/** How long (ms) a browser waits before it connects again. */
const RETRY = 3000
const BATCH = 100

interface Connection {
  personId: number
  request: FastifyRequest
  stream: PassThrough
  /** The last notification that was sent. */
  sent: number
  /** Up to which line of the audit trail changes were told of. */
  told: number
}

/**
 * The pages that listen. What they are sent is read from the notifications after the last one they have, whether they
 * just came back or were here all the time; so nothing is lost or sent twice, and a slow one costs no memory.
 */
export class EventStreams {
  readonly #deps: Pick<Deps, 'db' | 'clock'>
  readonly #connections = new Set<Connection>()

  constructor(deps: Pick<Deps, 'db' | 'clock'>) {
    this.#deps = deps
  }

  /** What a page is sent from now on. Refuses `request.too_many` when the person listens in too many places. */
  open(request: FastifyRequest): Readable {
    const { id: personId } = actorOf(request)
    const others = [...this.#connections].filter(one => one.personId === personId)
    if (others.length >= MOST_PER_PERSON) throw new Refusal('request.too_many')
    const last = lastNotification(this.#deps.db)
    const sent = Math.min(lastEventId(request) ?? last, last)
    const told = lastChange(this.#deps.db)
    const connection = { personId, request, stream: new PassThrough(), sent, told }
    this.#connections.add(connection)
    connection.stream.on('close', () => this.#connections.delete(connection))
    connection.stream.on('drain', () => this.#send(connection))
    connection.stream.write(`retry: ${RETRY}\nid: ${sent}\n\n`)
    this.#send(connection)
    return connection.stream
  }

  /** Sends everyone what is new for them. */
  send(): void {
    for (const connection of this.#connections) this.#send(connection)
  }

  /** Shows proxies and browsers that the connection lives, and ends those of people who are no longer signed in. */
  beat(): void {
    for (const connection of this.#connections) {
      if (this.#actor(connection)) connection.stream.write(': still here\n\n')
    }
  }

  close(): void {
    for (const { stream } of this.#connections) stream.end()
  }

  #send(connection: Connection): void {
    const { db, clock } = this.#deps
    const { stream } = connection
    const actor = stream.writable ? this.#actor(connection) : undefined
    if (!actor) return
    for (let left = BATCH; left === BATCH && !stream.writableNeedDrain;) {
      const found = notificationsAfter(db, clock(), actor, connection.sent, BATCH)
      for (const one of found) stream.write(frame(one))
      connection.sent = found.at(-1)?.id ?? connection.sent
      left = found.length
    }
    if (!stream.writableNeedDrain) this.#tellOfChanges(connection, actor)
  }

  /** Passing words have no id: a page that was away reads again what it shows. */
  #tellOfChanges(connection: Connection, actor: Actor): void {
    const { db, clock } = this.#deps
    const last = lastChange(db)
    if (last === connection.told) return
    for (const one of changesAfter(db, clock(), actor, connection.told))
      connection.stream.write(`event: ${one.event}\ndata: ${JSON.stringify(one)}\n\n`)
    connection.told = last
  }

  /** Whose page it is, if they are still signed in; else the connection ends. */
  #actor({ request, stream }: Connection) {
    const actor = actorStill(this.#deps.db, this.#deps.clock(), request)
    if (!actor) stream.end()
    return actor
  }
}

function lastEventId(request: FastifyRequest): number | undefined {
  const said = request.headers['last-event-id']
  return typeof said === 'string' && /^\d{1,15}$/u.test(said) ? Number(said) : undefined
}

const frame = (one: NotificationView): string =>
  `id: ${one.id}\nevent: ${one.event}\ndata: ${JSON.stringify(one)}\n\n`
