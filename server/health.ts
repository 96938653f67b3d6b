import { sql } from 'drizzle-orm'
import { Health } from './contract/health.ts'
import type { Deps } from './deps.ts'
import type { Db } from './platform/db/db.ts'
import type { App } from './platform/http/server.ts'

/** GET /api/health: for monitors and the page's own connection mark; needs no sign-in and tells no secret. */
export function registerHealth(app: App, { db, engine, remote: outside, config }: Deps): void {
  app.get('/api/health', { schema: { response: { 200: Health } } }, () => {
    const ok = answers(db)
    const { degraded, ...remote } = engine.health ?? { degraded: false }
    const state = { name: engine.name, degraded, documents: engine.size }
    return {
      status: ok ? 'ok' : 'degraded',
      version: config.version,
      engine:
        'state' in remote ? { ...state, remote: { ...remote, sent: outside?.main.progress?.sent } } : state,
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
