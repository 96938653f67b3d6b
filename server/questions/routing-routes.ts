import { Type } from 'typebox'
import { CATEGORIES } from '#server/contract/lists.ts'
import { NewRoute, QuestionPolicy, RoutingMatrix } from '#server/contract/routing.ts'
import { oneOf } from '#server/contract/shapes.ts'
import type { Deps } from '#server/deps.ts'
import { write } from '#server/platform/db/db.ts'
import type { App } from '#server/platform/http/server.ts'
import { actorOf, requireAnyRole } from '#server/people/index.ts'
import { questionPolicyOf, routings, setQuestionPolicy, setRouting } from './policy.ts'

/** The matrix 归口管理 and what is promised. */
export function registerRouting(app: App, { db, clock }: Deps): void {
  app.get('/api/routing', { schema: { response: { 200: RoutingMatrix } } }, request => {
    requireAnyRole(actorOf(request))
    return { routings: routings(db) }
  })
  const params = Type.Object({ category: oneOf(CATEGORIES) })
  const line = { params, body: NewRoute, response: { 200: RoutingMatrix } }
  app.put('/api/routing/:category', { schema: line }, request => {
    const { category } = request.params
    write(db, tx => setRouting(tx, clock(), actorOf(request), { category, ...request.body }))
    return { routings: routings(db) }
  })
  app.get('/api/question-policy', { schema: { response: { 200: QuestionPolicy } } }, request => {
    requireAnyRole(actorOf(request))
    return questionPolicyOf(db)
  })
  const policy = { body: QuestionPolicy, response: { 200: QuestionPolicy } }
  app.put('/api/question-policy', { schema: policy }, request => {
    write(db, tx => setQuestionPolicy(tx, clock(), actorOf(request), request.body))
    return questionPolicyOf(db)
  })
}
