import type { InjectOptions } from 'fastify'
import type { Role } from '#server/contract/lists.ts'
import { iso, DAY } from '#server/platform/kernel/clock.ts'
import { outbox } from '#server/platform/kernel/tables.ts'
import { NOW, type TestApp } from '../support/app.ts'
import { DRAFT, NOTICE, submit } from '../notifications/journey.ts'
import { scriptSteps } from './script-steps.ts'
import { questionSteps } from './question-steps.ts'

/** Ids the steps hand on. */
export const made = { entry: 0, call: 0, review: 0, revision: 0, task: 0, notification: 0 }

export interface Step {
  as: [role: Role, department?: string]
  send: () => Omit<InjectOptions, 'method'> | Promise<Omit<InjectOptions, 'method'>>
}

const fill = (route: string, id: number, payload?: object) => ({
  url: route.replace(':id', String(id)),
  payload,
})

const coAuthor = async (t: TestApp): Promise<string> =>
  `/api/revisions/${made.revision}/co-authors/${(await t.signIn('expert', 'safety')).id}`

/** A request that every writing route of a service takes, in this order; each begins with what it needs. */
export const stepsIn = (t: TestApp): Record<string, Step> => ({
  ...questionSteps(() => t),
  'POST /api/session': {
    as: ['admin'],
    send: () => ({ url: '/api/session', payload: { persona: 'agent' } }),
  },
  'DELETE /api/session': { as: ['agent'], send: () => ({ url: '/api/session' }) },
  'PUT /api/departments/:slug': {
    as: ['admin'],
    send: () => ({ url: '/api/departments/metering', payload: { name: '计量中心', nameEn: 'Metering' } }),
  },
  'POST /api/notices': { as: ['chair'], send: () => ({ url: '/api/notices', payload: NOTICE }) },
  'POST /api/sources': {
    as: ['expert'],
    send: () => ({
      url: '/api/sources',
      payload: { title: '电费管理办法', number: '营销〔2026〕3号', issuer: '本公司', kind: 'internal' },
    }),
  },
  'PUT /api/sources/:id/successor': {
    as: ['chair'],
    send: () => fill('/api/sources/:id/successor', 3, { by: 1 }),
  },
  'PUT /api/favourite-entries/:id': {
    as: ['agent'],
    send: () => fill('/api/favourite-entries/:id', made.entry),
  },
  'DELETE /api/favourite-entries/:id': {
    as: ['agent'],
    send: () => fill('/api/favourite-entries/:id', made.entry),
  },
  'POST /api/calls': { as: ['agent'], send: () => ({ url: '/api/calls', payload: { area: '东城区' } }) },
  'POST /api/calls/:id/copies': {
    as: ['agent'],
    send: () => fill('/api/calls/:id/copies', made.call, { entryId: made.entry, part: 'say' }),
  },
  ...scriptSteps(t),
  'PUT /api/calls/:id/outcome': {
    as: ['agent'],
    send: () => fill('/api/calls/:id/outcome', made.call, { verdict: 'resolved', entryId: made.entry }),
  },
  'PUT /api/calls/:id/area': {
    as: ['agent'],
    send: () => ({ ...fill('/api/calls/:id/area', made.call), payload: { area: '西山区' } }),
  },
  'PUT /api/calls/:id/end': { as: ['agent'], send: () => fill('/api/calls/:id/end', made.call) },
  'POST /api/entries/:id/feedback': {
    as: ['agent'],
    send: () => fill('/api/entries/:id/feedback', made.entry, { kind: 'unclear' }),
  },
  'PUT /api/tasks/:id/ending': {
    as: ['expert'],
    send: () => fill('/api/tasks/:id/ending', made.task, { words: '已说明' }),
  },
  'POST /api/entries/:id/verifications': {
    as: ['expert'],
    send: () => fill('/api/entries/:id/verifications', made.entry),
  },
  'PUT /api/policies': {
    as: ['chair'],
    send: async () => {
      const reply = await (await t.signIn('chair')).get('/api/policies')
      const [policy] = reply.json<{ policies: object[] }>().policies
      return { url: '/api/policies', payload: policy }
    },
  },
  'POST /api/entries': { as: ['expert'], send: () => ({ url: '/api/entries', payload: DRAFT }) },
  'POST /api/entries/:id/revisions': {
    as: ['expert'],
    send: () => fill('/api/entries/:id/revisions', made.entry),
  },
  'PUT /api/revisions/:id': {
    as: ['expert'],
    send: () => ({ ...fill('/api/revisions/:id', made.revision, DRAFT), headers: { 'if-match': '"1"' } }),
  },
  'PUT /api/revisions/:id/co-authors/:personId': {
    as: ['expert'],
    send: async () => ({ url: await coAuthor(t) }),
  },
  'DELETE /api/revisions/:id/co-authors/:personId': {
    as: ['expert'],
    send: async () => ({ url: await coAuthor(t) }),
  },
  'POST /api/revisions/:id/submission': {
    as: ['expert'],
    send: () => fill('/api/revisions/:id/submission', made.revision),
  },
  'POST /api/reviews/:id/comments': {
    as: ['reviewer'],
    send: () => fill('/api/reviews/:id/comments', made.review, { field: 'say', text: '再短一点' }),
  },
  'POST /api/reviews/:id/departments': {
    as: ['reviewer'],
    send: () => fill('/api/reviews/:id/departments', made.review, { department: 'safety' }),
  },
  'POST /api/reviews/:id/stand-ins': {
    as: ['chair'],
    send: async () => {
      const { id } = await t.signIn('reviewer', 'service')
      // the department has nobody left to speak for it
      t.db.$client.exec("update committee_seat set held_until = 0 where department = 'safety'")
      return fill('/api/reviews/:id/stand-ins', made.review, { department: 'safety', personId: id })
    },
  },
  'POST /api/reviews/:id/withdrawal': {
    as: ['expert'],
    send: async () => {
      const { reviewId } = await submit(t)
      return fill('/api/reviews/:id/withdrawal', reviewId, { reason: '还要补一处' })
    },
  },
  'POST /api/reviews/:id/fast-lane': {
    as: ['reviewer'],
    send: () => fill('/api/reviews/:id/fast-lane', made.review, { hours: 24, reason: '抢修口径急需' }),
  },
  'POST /api/reviews/:id/votes': {
    as: ['reviewer'],
    send: () => fill('/api/reviews/:id/votes', made.review, { verdict: 'approve' }),
  },
  'POST /api/delegations': {
    as: ['reviewer'],
    send: async () => {
      const { id } = await t.signIn('reviewer', 'service')
      const payload = { toPersonId: id, from: iso(NOW), until: iso(NOW + DAY) }
      return { url: '/api/delegations', payload }
    },
  },
  'PUT /api/delegations/:id/ending': {
    as: ['reviewer'],
    send: () => ({ url: '/api/delegations/1/ending' }),
  },
  'POST /api/entries/:id/retirement': {
    as: ['expert'],
    send: () => fill('/api/entries/:id/retirement', made.entry, { reason: '依据已废止' }),
  },
  'POST /api/engine/set-aside/:id/attempts': {
    as: ['admin'],
    send: () => {
      const row = { effect: 'engine.aside', subject: `entry:${made.entry}`, createdAt: NOW }
      const { id } = t.db.insert(outbox).values(row).returning().get()
      return fill('/api/engine/set-aside/:id/attempts', id)
    },
  },
  'PUT /api/notifications/:id/reading': {
    as: ['reviewer'],
    send: async () => {
      await submit(t)
      const list = await (await t.signIn('reviewer')).get('/api/notifications')
      const [latest] = list.json<{ notifications: { id: number }[] }>().notifications
      return fill('/api/notifications/:id/reading', latest?.id ?? 0)
    },
  },
  'PUT /api/notifications/readings': {
    as: ['reviewer'],
    send: () => ({ url: '/api/notifications/readings', payload: { upTo: 100 } }),
  },
})

/** Takes from a reply what later steps need. */
export function keep(route: string, reply: Record<string, number | undefined>): void {
  if (route === 'POST /api/calls') made.call = reply.id ?? 0
  if (route === 'POST /api/entries') made.revision = reply.revisionId ?? 0
  if (route === 'POST /api/revisions/:id/submission') made.review = reply.reviewId ?? 0
  if (route === 'POST /api/entries/:id/feedback') made.task = reply.taskId ?? 0
}
