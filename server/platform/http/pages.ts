import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import staticFiles from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const DIST = fileURLToPath(new URL('../../../web/dist', import.meta.url))

/** Serves the built page: hashed assets for a year, the page itself at each of `paths` and never from a cache. */
export async function servePages(app: FastifyInstance, paths: readonly string[]): Promise<void> {
  if (!existsSync(DIST)) return app.log.warn('web/dist is missing: only the API is served')
  await app.register(staticFiles, {
    root: `${DIST}/assets`,
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    wildcard: false,
    schemaHide: true,
  })
  for (const path of paths) {
    app.get(path, { schema: { hide: true } }, (_request, reply) =>
      reply.header('cache-control', 'no-cache').sendFile('index.html', DIST, { maxAge: 0, immutable: false }),
    )
  }
}
