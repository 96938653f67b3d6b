import { FCR_FIGURES, LOOP_FIGURES } from '#server/contract/insight.ts'
import type { Call } from './every-route.ts'

/** How the gap board and the figures are called so that they would show an answer that nobody has approved. */
export const insightCalls: Record<string, () => Call[]> = {
  'GET /api/gaps': () => ['/api/gaps?limit=100', '/api/gaps?ignored=true'],
  'GET /api/gaps/:id': () => ['/api/gaps/1'],
  'PUT /api/gaps/:id/mark': () => [['/api/gaps/1/mark', { kind: 'restored' }]],
  'GET /api/figures/questions': () => ['/api/figures/questions'],
  'GET /api/figures/questions/:figure': () => LOOP_FIGURES.map(one => `/api/figures/questions/${one}`),
  'GET /api/figures/fcr': () => [
    '/api/figures/fcr',
    '/api/figures/fcr?by=entry',
    '/api/figures/fcr?by=script',
  ],
  'GET /api/figures/scripts': () => ['/api/figures/scripts'],
  'GET /api/figures/fcr/:figure': () => FCR_FIGURES.map(one => `/api/figures/fcr/${one}`),
}
