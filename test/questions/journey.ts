import type { LightMyRequestResponse } from 'fastify'
import type { AnswerReply } from '#server/contract/answering.ts'
import type { QuestionRaised, QuestionView } from '#server/contract/question.ts'
import { Follower } from '#server/questions/follower.ts'
import type { Client, TestApp } from '../support/app.ts'
import { vote } from '../support/committee.ts'

export { refusal, vote } from '../support/committee.ts'

/** What a caller asked that nothing answers. */
export const ASKED = '客户家里装了光伏，问阴天发电少了补贴会不会少'
/** Its words lead to 其它, which customer service leads. */
export const LEADS = 'service'

export const ANSWER = {
  say: '补贴按实际上网电量算，发得少补贴就少，单价不变。',
  body: '## 怎么答\n\n补贴按实际上网电量结算。',
  topic: '分布式光伏',
}

/** Raises a question; throws when it is refused. */
export async function raise(client: Client, text = ASKED, more: object = {}): Promise<QuestionRaised> {
  const reply = await client.post('/api/questions', { text, ...more })
  if (reply.statusCode !== 201) throw new Error(reply.body)
  return reply.json<QuestionRaised>()
}

export const questionOf = async (client: Client, id: number): Promise<QuestionView> => {
  const reply = await client.get(`/api/questions/${id}`)
  if (reply.statusCode !== 200) throw new Error(reply.body)
  return reply.json<QuestionView>()
}

export const stateOf = async (client: Client, id: number): Promise<string> =>
  (await questionOf(client, id)).state

export const expertOf = (t: TestApp, department = LEADS): Promise<Client> => t.signIn('expert', department)

/** Answers a question; throws when it is refused. */
export async function answer(client: Client, id: number, input: object = ANSWER): Promise<AnswerReply> {
  const reply = await client.post(`/api/questions/${id}/answer`, input)
  if (reply.statusCode !== 201) throw new Error(reply.body)
  return reply.json<AnswerReply>()
}

/** Reviewers of two departments, the leading one first, approve; the second vote publishes. */
export async function approve(
  t: TestApp,
  reviewId: number | null,
  departments = [LEADS, 'planning'],
): Promise<void> {
  for (const department of departments) await vote(await t.signIn('reviewer', department), reviewId ?? 0)
}

/** What a question went through. */
export const kindsOf = ({ steps }: QuestionView): string[] => steps.map(step => step.kind)

export const WANTED = { name: '王先生', phone: '13900001234', consent: true }

/** The agent reached the customer of an asking, who is content. */
export const callBack = (agent: Client, questionId: number): Promise<LightMyRequestResponse> =>
  agent.put(`/api/questions/${questionId}/callback`, { result: 'reached', solved: true })

/** What the service does every minute. */
export const look = (t: TestApp): void => new Follower(t.deps, t.app.log).look()
