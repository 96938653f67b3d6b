import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { isLoopback } from '#server/config.ts'
import type { Deps } from '#server/deps.ts'
import { Department, DepartmentNames, SessionView, SignIn, Welcome } from '#server/contract/person.ts'
import { Nothing, Slug } from '#server/contract/shapes.ts'
import { write, type Reader } from '#server/platform/db/db.ts'
import type { App } from '#server/platform/http/server.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { nameDepartment } from './commands.ts'
import { demoIsOn, personaId, PERSONAS } from './demo.ts'
import { passwordFits } from './password.ts'
import { actorById, credentials, departments, personView } from './queries.ts'
import type { Actor } from './rules.ts'
import { actorOfToken, actorWaiting, beginSession, endSession } from './sessions.ts'

const COOKIE = 'firstline'

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | undefined
  }
}

/** The person who asks; refuses with `session.required` when nobody is signed in. */
export function actorOf(request: FastifyRequest): Actor {
  if (!request.actor) throw new Refusal('session.required')
  return request.actor
}

/** Who is signed in with the request's cookie at `now`, which may be long after it came; not counted as being seen. */
export function actorStill(db: Reader, now: number, request: FastifyRequest): Actor | undefined {
  const token = request.cookies[COOKIE]
  return token === undefined ? undefined : actorWaiting(db, now, token)
}

export function registerPeople(app: App, { db, clock, config }: Deps): void {
  app.decorateRequest('actor', undefined)
  app.addHook('onRequest', async request => {
    const token = request.cookies[COOKIE]
    const actor = token ? actorOfToken(db, clock(), token) : undefined
    request.actor = actor && { ...actor, from: request.ip }
  })
  registerSession(app, { db, clock, config })

  app.get(
    '/api/departments',
    { schema: { response: { 200: Type.Object({ departments: Type.Array(Department) }) } } },
    request => {
      actorOf(request)
      return { departments: departments(db) }
    },
  )
  app.put(
    '/api/departments/:slug',
    { schema: { params: Type.Object({ slug: Slug }), body: DepartmentNames, response: { 200: Department } } },
    request =>
      write(db, tx => nameDepartment(tx, clock(), actorOf(request), request.params.slug, request.body)),
  )
}

function registerSession(app: App, deps: Pick<Deps, 'db' | 'clock' | 'config'>): void {
  const { db, clock, config } = deps
  const view = (actor: Actor): SessionView => ({ person: personView(actor), demo: demoIsOn(db, config) })

  app.get('/api/welcome', { schema: { response: { 200: Welcome } } }, request => {
    const demo = demoIsOn(db, config) && isFromHere(request)
    if (!demo) return { demo, personas: [], departments: [] }
    const represented = departments(db).filter(one => personaId(db, 'reviewer', one.slug) !== undefined)
    return { demo, personas: [...PERSONAS], departments: represented }
  })
  app.get('/api/session', { schema: { response: { 200: SessionView } } }, request => view(actorOf(request)))
  app.post(
    '/api/session',
    { schema: { body: SignIn, response: { 201: SessionView } }, config: { rateLimit: SIGN_IN_LIMIT } },
    async (request, reply) => {
      const id = await whoSignsIn(deps, request, request.body)
      const token = write(db, tx => beginSession(tx, clock(), id, request.ip))
      setCookie(request, reply, token)
      return reply.code(201).send(view(actorById(db, id)!))
    },
  )
  app.delete('/api/session', { schema: { response: { 204: Nothing } } }, async (request, reply) => {
    const token = request.cookies[COOKIE]
    if (token) write(db, tx => endSession(tx, clock(), token, request.ip))
    void reply.clearCookie(COOKIE, { path: '/' })
    reply.code(204)
    return null
  })
}

/** Ten tries a minute for one work number from one address; personas need no guessing and are not counted. */
const SIGN_IN_LIMIT = {
  max: 10,
  timeWindow: '1 minute',
  hook: 'preHandler' as const,
  allowList: (request: FastifyRequest) => (request.body as SignIn).persona !== undefined,
  keyGenerator: (request: FastifyRequest) => `${request.ip} ${(request.body as SignIn).workNo ?? ''}`,
}

async function whoSignsIn(
  { db, config }: Pick<Deps, 'db' | 'config'>,
  request: FastifyRequest,
  body: SignIn,
): Promise<number> {
  if (body.persona !== undefined) {
    if (!demoIsOn(db, config) || !isFromHere(request)) throw new Refusal('session.demo_off')
    const id = personaId(db, body.persona, body.department)
    if (id === undefined) throw new Refusal('person.not_found')
    return id
  }
  if (body.workNo === undefined || body.password === undefined) {
    throw new Refusal('request.invalid', [
      { path: body.workNo === undefined ? 'body.workNo' : 'body.password', message: 'required' },
    ])
  }
  const found = credentials(db, body.workNo)
  if (!(await passwordFits(body.password, found?.passwordHash)))
    throw new Refusal('session.wrong_credentials')
  return found!.id
}

/** Whether the browser runs on this machine and asked for it by a loopback name: a rebound DNS name does not count. */
const isFromHere = (request: FastifyRequest): boolean =>
  isLoopback(request.ip.replace(/^::ffff:/u, '')) && isLoopback(request.hostname.replace(/^\[|\]$/gu, ''))

function setCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  reply.setCookie(COOKIE, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
  })
}
