import type {
  AgentList,
  AnswerDraft,
  AnswerReply,
  CallbackExportQuery,
  CallbackList,
  CallbackMoved,
  CallbackNumber,
  CallbackOutcome,
  CallbackQuery,
  CallbackView,
  NewAnswer,
  NewHolder,
} from './answering.ts'
import type { GapBoard, GapQuery, GapView, NewGapMark } from './gap.ts'
import type {
  BehindFcr,
  BehindFcrQuery,
  BehindLoop,
  BehindLoopQuery,
  FcrFigure,
  FcrFigures,
  FcrQuery,
  LoopFigure,
  LoopFigures,
  LoopQuery,
} from './insight.ts'
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

/** The routes of the loop from a question nobody could answer to the customer who hears the answer, and what is learned from it; part of Api. */
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

  'PUT /api/questions/:id/callback': Id & { body: CallbackOutcome; reply: CallbackMoved }
  'GET /api/callbacks': { query: Partial<CallbackQuery>; reply: CallbackList }
  'GET /api/callbacks/:id/number': Id & { reply: CallbackNumber }
  'PUT /api/callbacks/:id/holder': Id & { body: NewHolder; reply: CallbackView }
  'GET /api/callback-holders': { reply: AgentList }
  'GET /api/callbacks/export': { query: Partial<CallbackExportQuery>; reply: string }

  'GET /api/routing': { reply: RoutingMatrix }
  'PUT /api/routing/:category': { params: { category: string }; body: NewRoute; reply: RoutingMatrix }
  'GET /api/question-policy': { reply: QuestionPolicy }
  'PUT /api/question-policy': { body: QuestionPolicy; reply: QuestionPolicy }

  'GET /api/gaps': { query: Partial<GapQuery>; reply: GapBoard }
  'GET /api/gaps/:id': Id & { reply: GapView }
  'PUT /api/gaps/:id/mark': Id & { body: NewGapMark; reply: GapView }
  'GET /api/figures/questions': { query: LoopQuery; reply: LoopFigures }
  'GET /api/figures/questions/:figure': {
    params: { figure: LoopFigure }
    query: Partial<BehindLoopQuery>
    reply: BehindLoop
  }
  'GET /api/figures/fcr': { query: Partial<FcrQuery>; reply: FcrFigures }
  'GET /api/figures/fcr/:figure': {
    params: { figure: FcrFigure }
    query: Partial<BehindFcrQuery>
    reply: BehindFcr
  }
}
