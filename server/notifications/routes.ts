import { Type } from 'typebox'
import type { Readable } from 'node:stream'
import {
  Digest,
  DigestQuery,
  NotificationList,
  NotificationQuery,
  ReadUpTo,
  Unread,
} from '#server/contract/notification.ts'
import { IdParams } from '#server/contract/shapes.ts'
import type { Deps } from '#server/deps.ts'
import { write } from '#server/platform/db/db.ts'
import type { App } from '#server/platform/http/server.ts'
import { actorOf } from '#server/people/index.ts'
import { chinaDay } from '#server/sources/index.ts'
import { readOne, readUpTo } from './commands.ts'
import { Mailer } from './mailer.ts'
import { Notifier } from './notifier.ts'
import { digest } from './digest.ts'
import { notificationList, unreadCount } from './queries.ts'
import { EventStreams } from './streams.ts'

/** How often (ms) pages are shown that their connection lives, and the clock is looked at. */
const BEAT = 25_000

export function registerNotifications(app: App, deps: Deps): void {
  const notifier = new Notifier(deps, app.log)
  const streams = new EventStreams(deps)
  registerReading(app, deps, notifier)
  registerEvents(app, streams)
  keepRunning(app, deps, notifier, streams)
}

/** Before a list is read, what was committed is taken over: the answer to a write is seen by the next question. */
function registerReading(app: App, { db, clock }: Deps, notifier: Notifier): void {
  const list = { querystring: NotificationQuery, response: { 200: NotificationList } }
  app.get('/api/notifications', { schema: list }, request => {
    notifier.follow()
    return notificationList(db, clock(), actorOf(request), request.query)
  })
  const one = { params: IdParams, response: { 200: Unread } }
  app.put('/api/notifications/:id/reading', { schema: one }, request => {
    const actor = actorOf(request)
    write(db, tx => readOne(tx, clock(), actor, request.params.id))
    return { unread: unreadCount(db, actor) }
  })
  app.put(
    '/api/notifications/readings',
    { schema: { body: ReadUpTo, response: { 200: Unread } } },
    request => {
      const actor = actorOf(request)
      write(db, tx => readUpTo(tx, clock(), actor, request.body.upTo))
      return { unread: unreadCount(db, actor) }
    },
  )
  const day = { querystring: DigestQuery, response: { 200: Digest } }
  app.get('/api/digest', { schema: day }, request => {
    notifier.follow()
    return digest(db, clock(), actorOf(request), request.query.day ?? chinaDay(clock()))
  })
}

function registerEvents(app: App, streams: EventStreams): void {
  const content = { 'text/event-stream': { schema: Type.Unsafe<Readable>(Type.String()) } }
  const options = { schema: { response: { 200: { content } } }, exposeHeadRoute: false }
  app.get('/api/events', options, async (request, reply) => {
    const stream = streams.open(request)
    void reply.headers({
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no', // nginx would keep events back
      connection: 'close', // so that the service need not wait for the browser when it stops
    })
    return reply.type('text/event-stream').send(stream)
  })
}

/** Events are told after the answer that caused them was sent, so they hold nobody up. */
function keepRunning(app: App, deps: Deps, notifier: Notifier, streams: EventStreams): void {
  const mailer = deps.config.mail && new Mailer(deps, deps.config.mail, app.log)
  let timer: NodeJS.Timeout | undefined
  const run = (work: () => void) => {
    if (!timer) return // the service has stopped
    try {
      work()
      streams.send()
    } catch (error) {
      app.log.error(error)
    }
    void mailer?.send().catch((error: unknown) => app.log.error(error))
  }
  const beat = () => {
    streams.beat()
    notifier.look()
  }
  app.addHook('onReady', async () => {
    timer = setInterval(() => run(beat), BEAT).unref()
  })
  app.addHook('onResponse', async request => {
    if (request.method !== 'GET') setImmediate(() => run(() => notifier.follow()))
  })
  app.addHook('preClose', async () => {
    clearInterval(timer)
    timer = undefined
    streams.close()
    mailer?.close()
  })
}
