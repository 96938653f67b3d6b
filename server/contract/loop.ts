import type { AnswerDraft, AnswerReply, NewAnswer } from './answering.ts'
import type {
  MoreFacts,
  NewMerge,
  NewQuestion,
  NewRouting,
  QuestionDraft,
  QuestionList,
  QuestionMoved,
  QuestionOutlook,
  QuestionQuery,
  QuestionRaised,
  QuestionView,
  Reason,
} from './question.ts'
import type { NewRoute, QuestionPolicy, RoutingMatrix } from './routing.ts'

interface Id {
  params: { id: number }
}

/** The routes of the loop from a question nobody could answer to the customer who hears the answer; part of Api. */
export interface LoopApi {
  'POST /api/questions': { body: NewQuestion; reply: QuestionRaised }
  'POST /api/question-outlooks': { body: QuestionDraft; reply: QuestionOutlook }
  'GET /api/questions': { query: Partial<QuestionQuery>; reply: QuestionList }
  'GET /api/questions/:id': Id & { reply: QuestionView }
  'PUT /api/questions/:id/merge': Id & { body: NewMerge; reply: QuestionMoved }
  'DELETE /api/questions/:id/merge': Id & { reply: QuestionMoved }
  'POST /api/questions/:id/routing': Id & { body: NewRouting; reply: QuestionMoved }
  'PUT /api/questions/:id/taking': Id & { reply: QuestionMoved }
  'DELETE /api/questions/:id/taking': Id & { reply: QuestionMoved }
  'POST /api/questions/:id/return': Id & { body: Reason; reply: QuestionMoved }
  'POST /api/questions/:id/facts': Id & { body: MoreFacts; reply: QuestionMoved }
  'POST /api/questions/:id/refusal': Id & { body: Reason; reply: QuestionMoved }
  'POST /api/questions/:id/draft': Id & { reply: AnswerDraft }
  'POST /api/questions/:id/answer': Id & { body: NewAnswer; reply: AnswerReply }
  'GET /api/routing': { reply: RoutingMatrix }
  'PUT /api/routing/:category': { params: { category: string }; body: NewRoute; reply: RoutingMatrix }
  'GET /api/question-policy': { reply: QuestionPolicy }
  'PUT /api/question-policy': { body: QuestionPolicy; reply: QuestionPolicy }
}
