import type { ReviewSummary, ReviewView } from '#server/contract/review.ts'

const DAY = 86_400_000

/** A review as the queue lists it, due in two days. */
export const summary = (id: number, more: Partial<ReviewSummary> = {}): ReviewSummary => ({
  id,
  kind: 'publication',
  state: 'in_review',
  entryId: id * 10,
  revisionId: id * 100,
  title: `电费突然变高怎么办 ${id}`,
  entryKind: 'answer',
  category: '供电服务',
  owner: 'market',
  round: 1,
  openedAt: new Date(Date.now() - DAY).toISOString(),
  openedBy: '陈曦',
  dueAt: new Date(Date.now() + 2 * DAY).toISOString(),
  waitingFor: ['market'],
  fastUntil: null,
  ...more,
})

/** A review whole: the say lost a word against what is in force. */
export const view = (id: number, more: Partial<ReviewView> = {}): ReviewView => ({
  ...summary(id),
  reason: null,
  required: ['market'],
  minimum: 2,
  votes: [],
  comments: [],
  checklist: ['complete', 'authoritative', 'safe'],
  revision: {
    id: id * 100,
    entryId: id * 10,
    number: 2,
    version: 1,
    state: 'in_review',
    kind: 'answer',
    category: '供电服务',
    topic: '电费异常',
    ownerDepartment: 'market',
    standardQuestion: `电费突然变高怎么办 ${id}`,
    similarQuestions: ['电费贵了一倍'],
    say: '我先帮您看抄表的天数。',
    body: '第一段。\n\n第二段。',
    bodyHtml: '<p>第一段。</p><p>第二段。</p>',
    basis: [],
    scope: {},
    authors: [{ id: 1, name: '陈曦', department: 'market', hasWritten: true }],
    updatedAt: '2026-09-01T00:00:00.000Z',
    reviewId: id,
    script: null,
    mayEdit: false,
  },
  diff: [
    {
      field: 'say',
      parts: [
        { op: 'removed', text: '您好，' },
        { op: 'same', text: '我先帮您看抄表的天数。' },
      ],
    },
  ],
  sinceLast: [],
  mayVote: true,
  mayFastLane: false,
  mayWithdraw: false,
  withdrawals: [],
  fastReason: null,
  ...more,
})

/** The routes that are read after every decision. */
export const readings = {
  'GET /api/reviews': () => ({ total: 0, reviews: [] }),
  'GET /api/review-counts': () => ({ departments: [] }),
}
