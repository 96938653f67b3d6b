import type { Client, TestApp } from '../support/app.ts'
import { NOW } from '../support/app.ts'

export const DRAFT = {
  kind: 'answer',
  category: '供电可靠',
  topic: '停电赔偿',
  ownerDepartment: 'market',
  standardQuestion: '计划停电没有提前通知，可以投诉吗？',
  similarQuestions: [
    '没通知就停电怎么办',
    '停电为什么不提前说',
    '事先没说就停电',
    '计划停电没收到短信',
    '停电通知没收到',
    '不通知停电能投诉吗',
  ],
  say: '计划停电要提前七天公告。没有公告的，我马上给您登记核实，两天内回复您。',
  body: '## 怎么答\n\n计划停电提前七天公告。',
  basis: [],
  scope: {},
}

/** An expert of marketing writes a draft and submits it; returns the review, its revision and its entry. */
export async function submit(
  t: TestApp,
  text: object = {},
): Promise<{ reviewId: number; revisionId: number; id: number }> {
  const expert = await t.signIn('expert')
  const { id, revisionId } = (await expert.post('/api/entries', { ...DRAFT, ...text })).json<{
    id: number
    revisionId: number
  }>()
  const reply = await expert.post(`/api/revisions/${revisionId}/submission`)
  if (reply.statusCode !== 201) throw new Error(reply.body)
  return { ...reply.json<{ reviewId: number }>(), revisionId, id }
}

/** Two reviewers approve; the second vote publishes. */
export async function approve(t: TestApp, reviewId: number): Promise<void> {
  for (const department of ['market', 'service']) {
    const reviewer = await t.signIn('reviewer', department)
    await reviewer.post(`/api/reviews/${reviewId}/votes`, { verdict: 'approve' })
  }
}

interface Told {
  event: string
  subject: string
  title: string | null
  read: boolean
  id: number
}

/** What a client is told, the latest first. */
export const toldTo = async (client: Client): Promise<Told[]> =>
  (await client.get('/api/notifications?limit=100')).json<{ notifications: Told[] }>().notifications

export const NOTICE = {
  kind: 'fault',
  areas: ['东城区'],
  startsAt: new Date(NOW - 3_600_000).toISOString(),
  endsAt: new Date(NOW + 7_200_000).toISOString(),
  estimate: new Date(NOW + 3_600_000).toISOString(),
  say: '东城区正在抢修，预计一小时内恢复。',
}
