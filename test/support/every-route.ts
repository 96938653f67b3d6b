import { DRAFT, POLICY } from './committee.ts'
import { insightCalls } from './insight-routes.ts'
import { questionCalls } from './question-routes.ts'
import { scriptCalls } from './script-routes.ts'

const KINDS = ['', '&kind=rule', '&kind=answer', '&kind=notice', '&kind=process', '&category=第三方机构']

/** Never ends, so test/notifications/events.test.ts listens to it over a socket. */
export const STREAM = 'GET /api/events'

/** What there is to be asked for. */
export interface Hidden {
  /** An entry in force, entries that are not, and a notice that has ended. */
  open: number
  hidden: number[]
  lapsed: number
  /** A script in force that quotes what is not. */
  script: number
  /** Revisions and reviews of texts that are not in force. */
  revisions: number[]
  reviews: number[]
  /** Questions of the agent whose answers are not in force. */
  questions: number[]
  /** What the texts hold, and what a search asks. */
  marker: string
  queries: readonly string[]
}

export type Call = string | [string, object?]

/** How each route is called so that it would show what it must not. `at` is asked when the calls are made. */
export const callsAt = (at: () => Hidden): Record<string, () => Call[]> => ({
  ...questionCalls(at),
  ...insightCalls,
  ...scriptCalls(at),
  'GET /': () => ['/'],
  'GET /entries': () => ['/entries'],
  'GET /entries*': () => ['/entries/revisions/1', '/entries/1/history'],
  'GET /policies': () => ['/policies'],
  'GET /system': () => ['/system'],
  'GET /practice': () => ['/practice'],
  'GET /practice/:id': () => ['/practice/1'],
  'GET /scripts': () => ['/scripts'],
  'GET /scripts/new': () => ['/scripts/new'],
  'GET /scripts/:id': () => ['/scripts/1'],
  'GET /scripts/revisions/:id': () => ['/scripts/revisions/1'],
  'GET /questions': () => ['/questions'],
  'GET /callbacks': () => ['/callbacks'],
  'GET /insights': () => ['/insights'],
  'GET /insights/:page': () => ['/insights/gaps'],
  'GET /questions*': () => ['/questions/1', '/questions/routing'],
  'GET /reviews': () => ['/reviews'],
  'GET /reviews/:id': () => ['/reviews/1'],
  'GET /desk': () => ['/desk', `/desk?entry=${at().hidden[0]}&q=${at().marker}`],
  'GET /api/health': () => ['/api/health'],
  'GET /api/openapi.json': () => ['/api/openapi.json'],
  'GET /api/welcome': () => ['/api/welcome'],
  'GET /api/session': () => ['/api/session'],
  'POST /api/session': () => [['/api/session', { persona: 'agent' }]],
  'DELETE /api/session': () => ['/api/session'],
  'GET /api/departments': () => ['/api/departments'],
  'PUT /api/departments/:slug': () => [['/api/departments/market', { name: '改', nameEn: 'x' }]],
  'GET /api/sources': () => ['/api/sources', `/api/sources?q=${at().marker}`],
  'GET /api/sources/:id': () => [1, 2, 3].map(id => `/api/sources/${id}`),
  'GET /api/search': () =>
    at().queries.flatMap(q => KINDS.map(kind => `/api/search?q=${q}${kind}&area=东城区&limit=100`)),
  'GET /api/entries/:id': () => [at().open, ...at().hidden].map(id => `/api/entries/${id}`),
  'GET /api/favourite-entries': () => ['/api/favourite-entries'],
  'PUT /api/favourite-entries/:id': () => at().hidden.map(id => [`/api/favourite-entries/${id}`]),
  'DELETE /api/favourite-entries/:id': () => at().hidden.map(id => `/api/favourite-entries/${id}`),
  'GET /api/recent-entries': () => ['/api/recent-entries'],
  'GET /api/notices': () => ['/api/notices', '/api/notices?area=东城区', '/api/notices?state=active'],
  'GET /api/notices/:id': () => [`/api/notices/${at().lapsed}`],
  'POST /api/notices': () => [['/api/notices', {}]],
  'POST /api/calls': () => [['/api/calls', {}]],
  'GET /api/calls/current': () => ['/api/calls/current'],
  'GET /api/calls/:id': () => ['/api/calls/1'],
  'PUT /api/calls/:id/outcome': () =>
    at().hidden.flatMap(id => [
      ['/api/calls/1/outcome', { verdict: 'resolved', entryId: id }],
      ['/api/calls/1/outcome', { verdict: 'resolved', scriptId: id }],
    ]),
  'PUT /api/calls/:id/area': () => [['/api/calls/1/area', { area: '东城区' }]],
  'PUT /api/calls/:id/end': () => [['/api/calls/1/end']],
  'POST /api/calls/:id/copies': () =>
    at().hidden.map(entryId => ['/api/calls/1/copies', { entryId, part: 'say' }]),
  'GET /api/audit': () => ['/api/audit', '/api/audit?format=csv'],
  'GET /api/engine': () => ['/api/engine'],
  'GET /api/engine/set-aside': () => ['/api/engine/set-aside?limit=100'],
  'POST /api/engine/set-aside/:id/attempts': () => [['/api/engine/set-aside/99999/attempts']],
  'GET /api/notifications': () => [
    '/api/notifications',
    '/api/notifications?unread=true',
    '/api/notifications?day=2026-11-22&event=revision.published',
  ],
  'PUT /api/notifications/:id/reading': () => [1, 2, 3].map(id => [`/api/notifications/${id}/reading`]),
  'PUT /api/notifications/readings': () => [['/api/notifications/readings', { upTo: 9 }]],
  'GET /api/digest': () => ['/api/digest', '/api/digest?day=2026-11-22'],
  [STREAM]: () => ['/api/events'],
  'GET /api/policies': () => ['/api/policies'],
  'PUT /api/policies': () => [['/api/policies', POLICY]],
  'POST /api/entries': () => [['/api/entries', DRAFT]],
  'POST /api/entries/:id/revisions': () => at().hidden.map(id => [`/api/entries/${id}/revisions`]),
  'GET /api/entries/:id/history': () => [at().open, ...at().hidden].map(id => `/api/entries/${id}/history`),
  'GET /api/entries/:id/queries': () => [at().open, ...at().hidden].map(id => `/api/entries/${id}/queries`),
  'POST /api/entries/:id/retirement': () =>
    at().hidden.map(id => [`/api/entries/${id}/retirement`, { reason: '停用' }]),
  'POST /api/entries/:id/feedback': () =>
    at().hidden.map(id => [`/api/entries/${id}/feedback`, { kind: 'wrong' }]),
  'POST /api/entries/:id/verifications': () => at().hidden.map(id => [`/api/entries/${id}/verifications`]),
  'GET /api/revisions': () => ['/api/revisions?limit=100'],
  'GET /api/revisions/:id': () => at().revisions.map(id => `/api/revisions/${id}`),
  'PUT /api/revisions/:id': () => at().revisions.map(id => [`/api/revisions/${id}`, DRAFT]),
  'GET /api/revisions/:id/neighbours': () => at().revisions.map(id => `/api/revisions/${id}/neighbours`),
  'PUT /api/revisions/:id/co-authors/:personId': () =>
    at().revisions.map(id => [`/api/revisions/${id}/co-authors/1`]),
  'DELETE /api/revisions/:id/co-authors/:personId': () =>
    at().revisions.map(id => `/api/revisions/${id}/co-authors/1`),
  'POST /api/revisions/:id/submission': () => at().revisions.map(id => [`/api/revisions/${id}/submission`]),
  'GET /api/comparisons': () =>
    at().revisions.flatMap(id => [
      `/api/comparisons?before=${id}&after=${id}`,
      `/api/comparisons?before=1&after=${id}`,
    ]),
  'POST /api/comparisons': () => [['/api/comparisons', { before: '停', after: '电' }]],
  'POST /api/previews': () => [
    [
      '/api/previews',
      {
        body: at()
          .hidden.map(id => `[看](entry:${id})`)
          .join(' '),
      },
    ],
  ],
  'GET /api/reviews': () =>
    ['in_review', 'returned', 'approved'].flatMap(state => [
      `/api/reviews?state=${state}`,
      `/api/reviews?mine=true&state=${state}`,
    ]),
  'GET /api/reviews/:id': () => at().reviews.map(id => `/api/reviews/${id}`),
  'POST /api/reviews/:id/withdrawal': () => at().reviews.map(id => [`/api/reviews/${id}/withdrawal`, {}]),
  'POST /api/reviews/:id/comments': () =>
    at().reviews.map(id => [`/api/reviews/${id}/comments`, { field: 'say', text: '看看' }]),
  'POST /api/reviews/:id/departments': () =>
    at().reviews.map(id => [`/api/reviews/${id}/departments`, { department: 'safety' }]),
  'POST /api/reviews/:id/votes': () =>
    at().reviews.map(id => [`/api/reviews/${id}/votes`, { verdict: 'approve' }]),
  'POST /api/reviews/:id/fast-lane': () =>
    at().reviews.map(id => [`/api/reviews/${id}/fast-lane`, { hours: 1, reason: '急' }]),
  'POST /api/reviews/:id/stand-ins': () =>
    at().reviews.map(id => [`/api/reviews/${id}/stand-ins`, { department: 'safety', personId: 1 }]),
  'GET /api/review-counts': () => ['/api/review-counts'],
  'GET /api/members': () => ['/api/members'],
  'GET /api/experts': () => ['/api/experts', '/api/experts?q=陈'],
  'GET /api/delegations': () => ['/api/delegations'],
  'PUT /api/delegations/:id/ending': () => [['/api/delegations/1/ending']],
  'POST /api/delegations': () => [
    ['/api/delegations', { toPersonId: 1, from: '2026-11-22T00:00:00Z', until: '2026-11-23T00:00:00Z' }],
  ],
  'POST /api/sources': () => [
    ['/api/sources', { title: '办法', number: '1号', issuer: '本公司', kind: 'internal' }],
  ],
  'GET /api/sources/:id/citations': () => [1, 2, 3].map(id => `/api/sources/${id}/citations`),
  'PUT /api/sources/:id/successor': () => [['/api/sources/3/successor', { by: 1 }]],
  'GET /api/feedback': () => ['/api/feedback?limit=100'],
  'GET /api/tasks': () => ['/api/tasks'],
  'PUT /api/tasks/:id/ending': () => [['/api/tasks/1/ending', { words: '已改' }]],
  'GET /api/verifications': () => ['/api/verifications?within=365'],
})
