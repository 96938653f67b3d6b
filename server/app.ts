import { registerAudit } from './audit/index.ts'
import { registerCalls } from './calls/index.ts'
import type { Deps } from './deps.ts'
import { registerEntries } from './entries/index.ts'
import { registerHealth } from './health.ts'
import { registerInsights } from './insights/index.ts'
import { registerNotices } from './notices/index.ts'
import { registerNotifications } from './notifications/index.ts'
import { registerPeople } from './people/index.ts'
import { servePages } from './platform/http/pages.ts'
import { createServer, type App } from './platform/http/server.ts'
import { answeredQuestion, registerCallbacks, registerQuestions } from './questions/index.ts'
import { createNearest, Indexer, registerSearch, RemoteSync } from './search/index.ts'
import { registerReviews } from './reviews/index.ts'
import { registerScripts } from './scripts/index.ts'
import { registerUpkeep } from './upkeep/index.ts'
import { registerSources } from './sources/index.ts'

/** Addresses at which the page answers; it finds its own way from there. */
const PAGES = [
  '/',
  '/desk',
  '/callbacks',
  '/questions',
  '/questions/*',
  '/entries',
  '/entries/*',
  '/scripts',
  '/scripts/new',
  '/scripts/:id',
  '/scripts/revisions/:id',
  '/reviews',
  '/reviews/:id',
  '/insights',
  '/insights/:page',
  '/policies',
  '/system',
  '/practice',
  '/practice/:id',
]

/** Wires everything; the only place that knows all features. The index of searches is filled before it returns. */
export async function buildApp(
  deps: Deps,
): Promise<{ app: App; indexer: Indexer; sync: RemoteSync | undefined }> {
  const indexer = new Indexer(deps)
  await indexer.rebuild()
  const app = await createServer(deps.config)
  registerHealth(app, deps)
  registerPeople(app, deps)
  registerSources(app, deps)
  registerEntries(app, deps)
  registerNotices(app, deps)
  registerScripts(app, deps, answeredQuestion)
  registerReviews(app, deps)
  registerCalls(app, deps)
  const nearest = createNearest(deps, indexer)
  registerQuestions(app, deps, nearest)
  registerAudit(app, deps)
  registerNotifications(app, deps)
  registerCallbacks(app, deps)
  registerUpkeep(app, deps)
  registerSearch(app, deps, indexer)
  registerInsights(app, deps, nearest)
  await servePages(app, PAGES)
  return { app, indexer, sync: deps.remote && followOutside(app, { ...deps, remote: deps.remote }, indexer) }
}

/** Keeps the engine outside the process in step until the service ends. */
function followOutside(
  app: App,
  deps: Required<Pick<Deps, 'db' | 'clock' | 'remote'>>,
  indexer: Indexer,
): RemoteSync {
  const sync = new RemoteSync(deps, () => indexer.follow(), app.log)
  indexer.onLeft = () => sync.poke()
  sync.start()
  app.addHook('onResponse', async request => {
    if (request.method !== 'GET') sync.poke() // what was just published is sent without waiting for a search
  })
  app.addHook('onClose', () => sync.close())
  return sync
}
