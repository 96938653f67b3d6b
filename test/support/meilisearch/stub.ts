import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { AddressInfo } from 'node:net'
import { conformity } from './conformity.ts'
import { StubError } from './errors.ts'
import { Keys } from './keys.ts'
import { registerRoutes, type Instance } from './routes.ts'
import { Store } from './store.ts'

/**
 * What can go wrong with a request; `cut` never reaches the server, `lost` is an answer that never arrives although the
 * work was done.
 */
export type Fault =
  | 'hang'
  | 'drip'
  | 'busy'
  | 'unauthorized'
  | 'forbidden'
  | 'html'
  | 'page'
  | 'garbage'
  | 'other'
  | 'cut'
  | 'lost'
  | 'moved'

/** Which requests go wrong, and how; asked once for each. */
export type FaultOf = (method: string, path: string) => Fault | undefined

export const MASTER_KEY = 'master-key-of-the-stub'

/** A Meilisearch that is none: it speaks the API over HTTP as far as the service uses it, and can be broken. */
export class Stub {
  readonly store = new Store()
  readonly keys = new Keys(MASTER_KEY)
  /** Replies and requests that are not as the API is described. */
  readonly violations: string[] = []
  /** Whether there was a description to check against. */
  readonly isChecked = conformity() !== undefined
  readonly requests: string[] = []
  version = '1.53.0'
  /** What `busy` asks for, as it stands in the header. */
  retryAfter = '10'
  /** Where `moved` sends to. */
  movedTo = ''
  faultOf: FaultOf = () => undefined
  #app: FastifyInstance | undefined
  #port: number

  /** `port` 0 is any that is free. */
  constructor(port = 0) {
    this.#port = port
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** Listens, after a kill at the same address with what was on the disk. */
  async start(): Promise<void> {
    const app = Fastify({ bodyLimit: 100 * 2 ** 20, forceCloseConnections: true })
    // the official client announces JSON also where it sends none
    app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
      if (LONE_SURROGATE.test(String(body))) done(new StubError('malformed_payload'))
      else done(null, body === '' ? undefined : JSON.parse(String(body)))
    })
    addFaults(app, this)
    addChecks(app, this)
    registerRoutes(app, this satisfies Instance)
    await app.listen({ host: '127.0.0.1', port: this.#port })
    this.#port = (app.server.address() as AddressInfo).port
    this.#app = app
    this.store.queue.start()
  }

  /** As a process that is killed: connections break, what was not carried out waits. */
  async kill(): Promise<void> {
    this.store.queue.stop()
    const app = this.#app
    this.#app = undefined
    app?.server.closeAllConnections()
    await app?.close()
  }
}

/** Starts a stub; `delay` is the time a batch of tasks waits. */
export async function startStub(delay = 0): Promise<Stub> {
  const stub = new Stub()
  stub.store.queue.delay = delay
  await stub.start()
  return stub
}

const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0]!

function addFaults(app: FastifyInstance, stub: Stub): void {
  const losing = new WeakSet<FastifyRequest>()
  app.addHook('onRequest', async (request, reply) => {
    stub.requests.push(`${request.method} ${request.url}`)
    const fault = stub.faultOf(request.method, pathOf(request))
    if (fault === 'lost') losing.add(request)
    else if (fault) return await FAULTS[fault](reply, stub)
  })
  app.addHook('onSend', async (request, _reply, payload) => {
    if (losing.has(request)) request.raw.socket.destroy()
    return payload
  })
}

/** Half of a character, escaped as JSON.stringify does: the server's parser refuses it. */
const LONE_SURROGATE = /(?<!\\)(?:\\\\)*\\ud[89a-f]/iu

const bodyOf = (code: ConstructorParameters<typeof StubError>[0]) => new StubError(code).body
const HTML = '<html><h1>Bad Gateway</h1></html>'

const FAULTS: Record<Exclude<Fault, 'lost'>, (reply: FastifyReply, stub: Stub) => unknown> = {
  hang: () => new Promise(() => undefined),
  drip: reply => void drip(reply.hijack().raw),
  cut: reply => void reply.hijack().raw.destroy(),
  busy: (reply, { retryAfter }) =>
    reply.code(503).header('retry-after', retryAfter).send(bodyOf('too_many_search_requests')),
  unauthorized: reply => reply.code(401).send(bodyOf('missing_authorization_header')),
  forbidden: reply => reply.code(403).send(bodyOf('invalid_api_key')),
  html: reply => reply.code(502).type('text/html').send(HTML),
  page: reply => reply.code(200).type('text/html').send(HTML),
  garbage: reply => reply.code(200).type('application/json').send('{"hits": ['),
  other: reply => reply.code(200).type('application/json').send('{"status":"green"}'),
  moved: (reply, { movedTo }) => reply.redirect(`${movedTo}${reply.request.url}`, 307),
}

/** Sends a byte now and then and never ends. */
function drip(raw: {
  write: (text: string) => unknown
  on: (event: 'close', ended: () => void) => unknown
}): void {
  const timer = setInterval(() => raw.write(' '), 50)
  raw.on('close', () => clearInterval(timer))
}

const described = (request: FastifyRequest): string | undefined =>
  (request.routeOptions.config as { described?: string }).described

function addChecks(app: FastifyInstance, stub: Stub): void {
  const check = conformity()
  app.setErrorHandler((error, _request, reply) => {
    const known = error instanceof StubError ? error : new StubError('internal')
    if (known !== error)
      stub.violations.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
    return reply.code(known.status).send(known.body)
  })
  app.setNotFoundHandler((request, reply) => {
    stub.violations.push(`${request.method} ${request.url} is not known to the stub`)
    return reply.code(404).send(bodyOf('not_found'))
  })
  app.addHook('preHandler', async request => {
    const path = described(request)
    const fault = path && check?.request(request.method, path, request.body)
    if (fault) stub.violations.push(`request ${fault}`)
  })
  app.addHook('preSerialization', async (request, reply, payload) => {
    const path = described(request)
    // dates and undefined are as they will be sent
    const sent: unknown = JSON.parse(JSON.stringify(payload))
    const fault = path && check?.reply(request.method, path, reply.statusCode, sent)
    if (fault) stub.violations.push(`reply ${fault}`)
    return payload
  })
}
