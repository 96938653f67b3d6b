import type { Call, Hidden } from './every-route.ts'
import { saying, SCRIPT } from './scripting.ts'

/** How the routes of scripts are called so that they would show a text that nobody has approved. */
export const scriptCalls = (at: () => Hidden): Record<string, () => Call[]> => ({
  'POST /api/scripts': () => [['/api/scripts', SCRIPT]],
  'GET /api/method': () => ['/api/method'],
  'GET /api/scripts/:id': () => [at().script, ...at().hidden].map(id => `/api/scripts/${id}`),
  'GET /api/scripts/:id/file': () =>
    [at().script, ...at().hidden].flatMap(id =>
      ['markdown', 'docx'].map(format => `/api/scripts/${id}/file?format=${format}`),
    ),
  'GET /api/revisions/:id/file': () => at().revisions.map(id => `/api/revisions/${id}/file?format=markdown`),
  'POST /api/scripts/check': () => [
    [
      '/api/scripts/check',
      {
        ...saying(
          at()
            .hidden.map(id => `[[entry:${id}@1]]`)
            .join(''),
        ),
        scope: {},
      },
    ],
  ],
  'GET /api/script-beginnings': () => [
    ...at().hidden.flatMap(id => [
      `/api/script-beginnings?entryId=${id}`,
      `/api/script-beginnings?scriptId=${id}`,
    ]),
    ...at().questions.map(id => `/api/script-beginnings?questionId=${id}`),
    `/api/script-beginnings?scriptId=${at().script}`,
  ],
  'POST /api/practices': () =>
    at().hidden.map(scriptId => ['/api/practices', { scriptId, seconds: 1, path: [{ step: 1 }], met: [] }]),
  'GET /api/practices': () => ['/api/practices'],
  'POST /api/script-imports': () => [['/api/script-imports', { markdown: 'class: quality' }]],
  'POST /api/calls/:id/script-steps': () =>
    [at().script, ...at().hidden].map(scriptId => ['/api/calls/1/script-steps', { scriptId, step: 1 }]),
})
