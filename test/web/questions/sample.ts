import type { QuestionSummary, QuestionView } from '#server/contract/question.ts'

export const HOUR = 3_600_000
const at = '2026-09-01T00:00:00.000Z'

/** A question as the list has it, due in two days. */
export const summary = (id: number, more: Partial<QuestionSummary> = {}): QuestionSummary => ({
  id,
  text: `光伏并网验收一直没人来怎么办 ${id}`,
  state: 'routed',
  category: '供电服务',
  department: 'market',
  supporting: ['service'],
  urgency: 'normal',
  count: 1,
  raisedAt: at,
  dueAt: new Date(Date.now() + 48 * HOUR).toISOString(),
  isOverdue: false,
  escalation: 0,
  taker: null,
  isMine: false,
  ...more,
})

const ALL: QuestionView['may'] = ['merge', 'routing', 'taking', 'return', 'refusal', 'answer']

/** A question whole, asked in two wordings, as an expert of its department sees it. */
export const view = (id: number, more: Partial<QuestionView> = {}): QuestionView => ({
  ...summary(id, { count: 2 }),
  mergedInto: null,
  askings: [
    {
      id,
      text: `光伏并网验收一直没人来怎么办 ${id}`,
      query: '光伏 验收',
      at,
      by: { id: 11, name: '林晓' },
      callback: 'waiting',
    },
    {
      id: id + 1000,
      text: '光伏验收没有人上门',
      query: null,
      at,
      by: { id: 12, name: '周宁' },
      callback: null,
    },
  ],
  steps: [
    { kind: 'raised', at, by: { id: 11, name: '林晓' }, department: 'market', reason: null, otherId: null },
    { kind: 'routed', at, by: null, department: 'market', reason: null, otherId: null },
  ],
  answer: null,
  near: [{ id: 31, kind: 'answer', topic: '分布式光伏', title: '光伏并网要多久' }],
  candidates: [
    { id: 71, text: '光伏并网没人验收', count: 3, department: 'market', dueAt: at, likeness: 0.62 },
  ],
  may: ALL,
  ...more,
})

/** An answer that is with the committee. */
export const answer = (more: Partial<NonNullable<QuestionView['answer']>> = {}) => ({
  entryId: 41,
  revisionId: 51,
  reviewId: 61,
  by: { id: 9, name: '陈曦' },
  isExisting: false,
  say: null,
  ...more,
})
