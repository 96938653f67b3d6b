import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal } from '../kernel/refusal.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses writes that a page of another origin sent. Browsers always say where a write comes from; a program that
 * sends neither header is no browser and carries no one else's cookie.
 */
export function requireSameOrigin(app: FastifyInstance): void {
  app.addHook('onRequest', async request => {
    if (!SAFE.has(request.method) && isForeign(request)) throw new Refusal('request.wrong_origin')
  })
}

function isForeign(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
  const { origin } = request.headers
  return origin !== undefined && origin !== `${request.protocol}://${request.host}`
}
