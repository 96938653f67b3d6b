import swagger from '@fastify/swagger'
import type { FastifyInstance, FastifySchema } from 'fastify'
import { Problem } from '#server/contract/shapes.ts'

/** Any route may refuse, always in the same form; said here once, not at each route. */
const REFUSAL = {
  description: 'Refused; `code` says why.',
  content: { 'application/problem+json': { schema: { $ref: 'Problem#' } } },
}

/** Describes every route registered from now on, and serves the description at /api/openapi.json. */
export async function describeApi(app: FastifyInstance, version: string): Promise<void> {
  app.addSchema({ $id: 'Problem', ...Problem })
  await app.register(swagger, {
    openapi: { info: { title: 'Firstline 首解', version } },
    refResolver: { buildLocalReference: ({ $id }) => String($id) },
    transform: ({ schema, url }) => ({ schema: withRefusal(schema), url }),
  })
  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger())
}

function withRefusal(schema: FastifySchema | undefined): FastifySchema {
  return { ...schema, response: { ...(schema?.response as object), default: REFUSAL } }
}
