import type { TestApp } from '../support/app.ts'
import { publishScript, SCRIPT } from '../support/scripting.ts'
import { made, type Step } from './steps.ts'

/** A request that every writing route of scripts takes; a call is open. */
export const scriptSteps = (t: TestApp): Record<string, Step> => ({
  'POST /api/scripts': {
    as: ['expert', 'service'],
    send: () => ({ url: '/api/scripts', payload: SCRIPT }),
  },
  'POST /api/practices': {
    as: ['agent'],
    send: () => ({
      url: '/api/practices',
      payload: { scriptId: publishScript(t), seconds: 60, path: [{ step: 1 }], met: ['prompt'] },
    }),
  },
  'POST /api/script-imports': {
    as: ['expert', 'service'],
    send: async () => {
      const address = `/api/scripts/${publishScript(t)}/file?format=markdown`
      const { body } = await (await t.signIn('agent')).get(address)
      return { url: '/api/script-imports', payload: { markdown: body } }
    },
  },
  'POST /api/calls/:id/script-steps': {
    as: ['agent'],
    send: () => ({
      url: `/api/calls/${made.call}/script-steps`,
      payload: { scriptId: publishScript(t), step: 1 },
    }),
  },
})
