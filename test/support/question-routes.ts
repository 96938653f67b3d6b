import type { Call, Hidden } from './every-route.ts'

const REASON = { reason: '不属于本部门' }

export const QUESTION_POLICY = {
  answerHours: { safety: 2, urgent: 24, normal: 72 },
  exceptions: [],
  supervisorAfterHours: 24,
  callbackTries: 3,
  retryHours: 4,
  keepDays: 30,
  repeatDays: 7,
}

/** How the routes of questions are called so that they would show an answer that nobody has approved. */
export const questionCalls = (at: () => Hidden): Record<string, () => Call[]> => {
  const each = (last: string, payload?: object) => () =>
    at().questions.map((id): Call => [`/api/questions/${id}${last}`, payload])
  // what an agent says comes back to them, so they must not say the marker
  const texts = () => at().queries.filter(query => !query.includes(at().marker.slice(0, 6)))
  return {
    'POST /api/questions': () => texts().map((text): Call => ['/api/questions', { text }]),
    'POST /api/question-outlooks': () => texts().map((text): Call => ['/api/question-outlooks', { text }]),
    'GET /api/questions': () => [
      '/api/questions?limit=100',
      '/api/questions?state=open',
      '/api/questions?mine=true',
    ],
    'GET /api/questions/:id': each(''),
    'PUT /api/questions/:id/merge': each('/merge', { intoId: 1 }),
    'DELETE /api/questions/:id/merge': each('/merge'),
    'POST /api/questions/:id/routing': each('/routing', { department: 'safety', ...REASON }),
    'PUT /api/questions/:id/taking': each('/taking'),
    'DELETE /api/questions/:id/taking': each('/taking'),
    'POST /api/questions/:id/return': each('/return', REASON),
    'POST /api/questions/:id/facts': each('/facts', { text: '三相电' }),
    'POST /api/questions/:id/refusal': each('/refusal', REASON),
    'POST /api/questions/:id/draft': each('/draft'),
    'POST /api/questions/:id/answer': each('/answer', {}),
    'PUT /api/questions/:id/callback': each('/callback', { result: 'not_reached' }),
    'GET /api/callbacks': () =>
      ['', '?state=due&limit=100', '?all=true'].map(query => `/api/callbacks${query}`),
    'GET /api/callbacks/export': () => ['/api/callbacks/export', '/api/callbacks/export?all=true'],
    'GET /api/callbacks/:id/number': () => ['/api/callbacks/1/number'],
    'PUT /api/callbacks/:id/holder': () => [['/api/callbacks/1/holder', { personId: 1 }]],
    'GET /api/callback-holders': () => ['/api/callback-holders'],
    'GET /api/routing': () => ['/api/routing'],
    'PUT /api/routing/:category': () => [['/api/routing/其它', { lead: 'market', supporting: [] }]],
    'GET /api/question-policy': () => ['/api/question-policy'],
    'PUT /api/question-policy': () => [['/api/question-policy', QUESTION_POLICY]],
  }
}
