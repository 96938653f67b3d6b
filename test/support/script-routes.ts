import type { Call, Hidden } from './every-route.ts'
import { SCRIPT } from './scripting.ts'

/** How the routes of scripts are called so that they would show a text that nobody has approved. */
export const scriptCalls = (at: () => Hidden): Record<string, () => Call[]> => ({
  'POST /api/scripts': () => [['/api/scripts', SCRIPT]],
  'GET /api/method': () => ['/api/method'],
  'GET /api/scripts/:id': () => [at().script, ...at().hidden].map(id => `/api/scripts/${id}`),
  'POST /api/calls/:id/script-steps': () =>
    [at().script, ...at().hidden].map(scriptId => ['/api/calls/1/script-steps', { scriptId, step: 1 }]),
})
