import type { InjectOptions } from 'fastify'
import type { Role } from '#server/contract/lists.ts'
import type { TestApp } from '../support/app.ts'
import { ask } from '../questions/askings.ts'
import { ANSWER, raise } from '../questions/journey.ts'
import { QUESTION_POLICY } from '../support/question-routes.ts'

export interface Step {
  as: [role: Role, department?: string]
  send: () => Omit<InjectOptions, 'method'> | Promise<Omit<InjectOptions, 'method'>>
}

const REASON = { reason: '不属于客服' }
let asked = 0

const lastCallback = ({ db }: TestApp, questionId: number) =>
  db.$client.prepare('select id from callback where question_id = ?').pluck().get(questionId)

/** A request that every writing route of questions takes. */
export function questionSteps(app: () => TestApp): Record<string, Step> {
  const fresh = async () =>
    (await raise(await app().signIn('agent'), `没有人答得上来的第${++asked}个问题`)).id
  const expert = () => app().signIn('expert', 'service')
  /** A step on a question of its own, after `before` was done with it. */
  const on = (last: string, payload?: object, before?: (id: number) => Promise<unknown>): Step => ({
    as: ['expert', 'service'],
    send: async () => {
      const id = await fresh()
      await before?.(id)
      return { url: `/api/questions/${id}${last}`, payload }
    },
  })
  const take = async (id: number) => (await expert()).put(`/api/questions/${id}/taking`)
  const merge: Step = {
    as: ['expert', 'service'],
    send: async () => ({ url: `/api/questions/${await fresh()}/merge`, payload: { intoId: await fresh() } }),
  }
  const join = async (id: number) =>
    (await expert()).put(`/api/questions/${id}/merge`, { intoId: await fresh() })
  const giveBack = async (id: number) => (await expert()).post(`/api/questions/${id}/return`, REASON)
  return {
    'POST /api/questions': {
      as: ['agent'],
      send: () => ({ url: '/api/questions', payload: { text: '光伏怎么结算' } }),
    },
    'PUT /api/questions/:id/merge': merge,
    'DELETE /api/questions/:id/merge': on('/merge', undefined, join),
    'POST /api/questions/:id/routing': on('/routing', { department: 'market', ...REASON }),
    'PUT /api/questions/:id/taking': on('/taking'),
    'DELETE /api/questions/:id/taking': on('/taking', undefined, take),
    'POST /api/questions/:id/return': on('/return', REASON),
    'POST /api/questions/:id/facts': { ...on('/facts', { text: '是三相电' }, giveBack), as: ['agent'] },
    'POST /api/questions/:id/refusal': on('/refusal', REASON),
    'POST /api/questions/:id/draft': on('/draft'),
    'POST /api/questions/:id/answer': on('/answer', ANSWER),
    'PUT /api/questions/:id/callback': {
      as: ['agent'],
      send: async () => {
        const { id } = await app().signIn('agent')
        const url = `/api/questions/${ask(app(), id)}/callback`
        return { url, payload: { result: 'not_wanted' } }
      },
    },
    'PUT /api/callbacks/:id/holder': {
      as: ['supervisor'],
      send: async () => {
        const { id } = await app().signIn('supervisor')
        const held = lastCallback(app(), ask(app(), id))
        return {
          url: `/api/callbacks/${held}/holder`,
          payload: { personId: (await app().signIn('agent')).id },
        }
      },
    },
    'PUT /api/routing/:category': {
      as: ['supervisor'],
      send: () => ({
        url: encodeURI('/api/routing/其它'),
        payload: { lead: 'service', supporting: ['market'] },
      }),
    },
    'PUT /api/gaps/:id/mark': {
      as: ['supervisor'],
      send: async () => {
        await fresh()
        const board = await (await app().signIn('supervisor')).get('/api/gaps')
        const [gap] = board.json<{ gaps: { id: number }[] }>().gaps
        return { url: `/api/gaps/${gap?.id}/mark`, payload: { kind: 'questioned' } }
      },
    },
    'PUT /api/question-policy': {
      as: ['supervisor'],
      send: () => ({ url: '/api/question-policy', payload: QUESTION_POLICY }),
    },
  }
}
