import { sql } from 'drizzle-orm'
import { Health } from './contract/health.ts'
import type { Deps } from './deps.ts'
import type { Db } from './platform/db/db.ts'
import type { App } from './platform/http/server.ts'

/** GET /api/health: for monitors and the page's own connection mark; needs no sign-in and tells no secret. */
export function registerHealth(app: App, { db, engine, remote: outside, config }: Deps): void {
  app.get('/api/health', { schema: { response: { 200: Health } } }, () => {
    const ok = answers(db)
    const { health } = engine
    const remote = health && { ...health, ...outside?.main.progress }
    return {
      status: ok ? 'ok' : 'degraded',
      version: config.version,
      engine: { name: engine.name, degraded: health?.degraded === true, documents: engine.size, remote },
      database: { ok },
    } as const
  })
}

function answers(db: Db): boolean {
  try {
    return db.get(sql`select 1`) !== undefined
  } catch {
    return false
  }
}
