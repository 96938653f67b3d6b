import type { LightMyRequestResponse } from 'fastify'
import type { VoteVerdict } from '#server/contract/lists.ts'
import type { ReviewView } from '#server/contract/review.ts'
import type { RevisionView } from '#server/contract/writing.ts'
import type { Client, TestApp } from './app.ts'

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

/** Begins an entry with a draft of `text`; returns its id and the draft's. */
export const begin = async (writer: Client, text: object = {}): Promise<{ id: number; revisionId: number }> =>
  (await writer.post('/api/entries', { ...DRAFT, ...text })).json()

/** Begins a new revision of an entry, saved with `text`; returns its id. */
export async function revise(t: TestApp, writer: Client, id: number, text: object = {}): Promise<number> {
  const { revisionId } = (await writer.post(`/api/entries/${id}/revisions`)).json<{ revisionId: number }>()
  await save(t, writer, revisionId, text)
  return revisionId
}

/** Saves a draft over the version it has. */
export async function save(t: TestApp, writer: Client, revisionId: number, text: object = {}) {
  const { version } = await revisionOf(writer, revisionId)
  return put(t, writer, revisionId, { 'if-match': `"${version}"` }, text)
}

/** Saves a draft with headers as they are. */
export const put = (t: TestApp, writer: Client, revisionId: number, headers: object, text: object = {}) =>
  t.inject({
    method: 'PUT',
    url: `/api/revisions/${revisionId}`,
    headers: { cookie: writer.cookie, ...headers },
    payload: { ...DRAFT, ...text },
  })

/** Submits a revision; returns the review. */
export async function open(writer: Client, revisionId: number): Promise<number> {
  const reply = await writer.post(`/api/revisions/${revisionId}/submission`)
  if (reply.statusCode !== 201) throw new Error(reply.body)
  return reply.json<{ reviewId: number }>().reviewId
}

export const vote = (
  voter: Client,
  reviewId: number,
  verdict: VoteVerdict = 'approve',
  reason?: string,
): Promise<LightMyRequestResponse> => voter.post(`/api/reviews/${reviewId}/votes`, { verdict, reason })

export const reviewOf = async (client: Client, reviewId: number): Promise<ReviewView> =>
  (await client.get(`/api/reviews/${reviewId}`)).json()

export const revisionOf = async (client: Client, revisionId: number): Promise<RevisionView> =>
  (await client.get(`/api/revisions/${revisionId}`)).json()

/** Status and code of a refusal. */
export const refusal = (reply: LightMyRequestResponse): [number, string] => [
  reply.statusCode,
  reply.json<{ code: string }>().code,
]

/** What the policy is unless a test says otherwise; to be set by the chair. */
export const POLICY = {
  kind: 'answer',
  category: null,
  departments: [],
  minimum: 2,
  daysToDecide: 3,
  verifyDays: 180,
  fastLane: true,
  keepApprovals: true,
  hideOverdue: false,
  hideSuperseded: false,
  feedbackWarning: 3,
  feedbackDays: 5,
}
