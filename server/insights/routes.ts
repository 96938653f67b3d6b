import { GapBoard, GapQuery, GapView, NewGapMark } from '#server/contract/gap.ts'
import {
  BehindFcr,
  BehindFcrQuery,
  BehindLoop,
  BehindLoopQuery,
  FcrFigures,
  FcrParams,
  FcrQuery,
  LoopFigures,
  LoopParams,
  LoopQuery,
} from '#server/contract/insight.ts'
import { ScriptFigures, ScriptFiguresQuery } from '#server/contract/script-use.ts'
import { IdParams } from '#server/contract/shapes.ts'
import type { Deps } from '#server/deps.ts'
import { write } from '#server/platform/db/db.ts'
import type { App } from '#server/platform/http/server.ts'
import { actorOf } from '#server/people/index.ts'
import { gapBoard } from './board.ts'
import { markGap } from './commands.ts'
import { behindFcr, fcrFigures } from './fcr-figures.ts'
import { GapFollower } from './follower.ts'
import { gapView, type Nearest } from './gap.ts'
import { behindLoop, loopFigures } from './loop-figures.ts'
import { scriptFigures } from './script-figures.ts'

/** How often (ms) what no request of this service brought is looked for. */
const BEAT = 60_000

export function registerInsights(app: App, deps: Deps, nearest: Nearest): void {
  const follower = new GapFollower(deps, app.log)
  registerGaps(app, deps, follower, nearest)
  registerLoop(app, deps)
  registerFcr(app, deps)
  registerScriptFigures(app, deps)
  keepFollowing(app, follower)
}

/** Before gaps are read, what was committed is taken over: the next question sees what a call asked. */
function registerGaps(app: App, deps: Deps, follower: GapFollower, nearest: Nearest): void {
  const { db, clock } = deps
  const board = { querystring: GapQuery, response: { 200: GapBoard } }
  app.get('/api/gaps', { schema: board }, async request => {
    const actor = actorOf(request)
    await follower.follow()
    return gapBoard(db, clock(), actor, request.query)
  })
  const one = { params: IdParams, response: { 200: GapView } }
  app.get('/api/gaps/:id', { schema: one }, request =>
    gapView(deps, actorOf(request), nearest, request.params.id),
  )
  const mark = { params: IdParams, body: NewGapMark, response: { 200: GapView } }
  app.put('/api/gaps/:id/mark', { schema: mark }, async request => {
    const { params, body } = request
    write(db, tx => markGap(tx, clock(), actorOf(request), deps, params.id, body))
    return gapView(deps, actorOf(request), nearest, params.id)
  })
}

function registerLoop(app: App, { db, clock }: Deps): void {
  const figures = { querystring: LoopQuery, response: { 200: LoopFigures } }
  app.get('/api/figures/questions', { schema: figures }, request =>
    loopFigures(db, clock(), actorOf(request), request.query),
  )
  const behind = { params: LoopParams, querystring: BehindLoopQuery, response: { 200: BehindLoop } }
  app.get('/api/figures/questions/:figure', { schema: behind }, request =>
    behindLoop(db, clock(), actorOf(request), request.params.figure, request.query),
  )
}

function registerFcr(app: App, { db, clock }: Deps): void {
  const figures = { querystring: FcrQuery, response: { 200: FcrFigures } }
  app.get('/api/figures/fcr', { schema: figures }, request =>
    fcrFigures(db, clock(), actorOf(request), request.query),
  )
  const behind = { params: FcrParams, querystring: BehindFcrQuery, response: { 200: BehindFcr } }
  app.get('/api/figures/fcr/:figure', { schema: behind }, request =>
    behindFcr(db, clock(), actorOf(request), request.params.figure, request.query),
  )
}

function registerScriptFigures(app: App, { db, clock }: Deps): void {
  const schema = { querystring: ScriptFiguresQuery, response: { 200: ScriptFigures } }
  app.get('/api/figures/scripts', { schema }, request =>
    scriptFigures(db, clock(), actorOf(request), request.query),
  )
}

/** After the answer was sent, so that nobody is held up. */
function keepFollowing(app: App, follower: GapFollower): void {
  let timer: NodeJS.Timeout | undefined
  const follow = () => {
    if (timer) void follower.follow().catch((error: unknown) => app.log.error(error))
  }
  app.addHook('onReady', async () => {
    timer = setInterval(follow, BEAT).unref()
  })
  app.addHook('onResponse', async request => {
    if (request.method !== 'GET') setImmediate(follow)
  })
  app.addHook('preClose', async () => {
    clearInterval(timer)
    timer = undefined
    await follower.close()
  })
}
