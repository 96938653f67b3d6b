import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import {
  fastify,
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type RawServerDefault,
} from 'fastify'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { describeApi } from './openapi.ts'
import { requireSameOrigin } from './origin.ts'
import { answerErrors, problem, sendProblem } from './problems.ts'
import { answerUnknown } from './unknown.ts'
import { validateStrictly } from './validation.ts'

/** The Fastify instance that every feature's routes register on. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

/** 256 KiB of headers: a query of 10,000 Chinese characters is 90 KB in an address. */
const MAX_HEADER_BYTES = 256 * 1024
const MAX_BODY_BYTES = 1024 * 1024

/** A Fastify instance with everything that has no domain word: validation, problems, headers, cookies, OpenAPI. */
export async function createServer(options: { logLevel: string; version: string }): Promise<App> {
  const app: App = fastify({
    logger: options.logLevel === 'silent' ? false : loggerOptions(options.logLevel),
    // a search a keystroke would drown everything else
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: 'loopback',
    bodyLimit: MAX_BODY_BYTES,
    routerOptions: { maxParamLength: 200 },
    http: { maxHeaderSize: MAX_HEADER_BYTES },
    forceCloseConnections: 'idle',
    clientErrorHandler: answerBrokenRequest,
    // such as an address with a broken % escape
    frameworkErrors: (_error, _request, reply) => sendProblem(reply, 'request.invalid'),
  })
  app.removeContentTypeParser('text/plain')
  acceptEmptyJson(app)
  validateStrictly(app)
  answerErrors(app)
  answerUnknown(app)
  await app.register(helmet, { contentSecurityPolicy: { directives: CSP }, strictTransportSecurity: false })
  await app.register(cookie)
  await app.register(rateLimit, { global: false })
  requireSameOrigin(app)
  keepOutOfCaches(app)
  await describeApi(app, options.version)
  return app
}

/** What the API answers depends on who asks and when: no cache on the way or in the browser may keep it. */
function keepOutOfCaches(app: App): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
  })
}

/** A request without a body is no fault, whatever type it announces; `__proto__` in a body is. */
function acceptEmptyJson(app: App): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body: string, done) => {
    if (body === '') done(null)
    else parse(request, body, done)
  })
}

const CSP = {
  'default-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'frame-ancestors': ["'none'"],
  'form-action': ["'self'"],
  'upgrade-insecure-requests': null, // an intranet may be plain http
}

/** Addresses are logged without their query: it may hold what a caller said, or a number. */
const loggerOptions = (level: string) => ({
  level,
  serializers: {
    req: (request: { method: string; url: string }) => ({
      method: request.method,
      path: request.url.split('?')[0],
    }),
  },
})

function answerBrokenRequest(this: FastifyInstance, error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return
  const body = JSON.stringify(problem('request.invalid'))
  const head = `HTTP/1.1 400 Bad Request\r\ncontent-type: application/problem+json\r\ncontent-length: ${body.length}`
  socket.end(`${head}\r\nconnection: close\r\n\r\n${body}`)
}
