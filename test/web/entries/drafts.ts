import type { Draft } from '../../../web/entries/texts.ts'

/** A draft as an expert of marketing would begin it. */
export const draft = (text: Partial<Draft> = {}): Draft => ({
  kind: 'answer',
  category: '供电可靠',
  topic: '家电损坏赔偿',
  ownerDepartment: 'market',
  standardQuestion: '电压不稳烧了家电，怎么赔？',
  similarQuestions: ['电器烧了找谁'],
  say: '请您先别修，七天内告诉我们都有效。',
  body: '## 怎么答\n\n先登记。',
  basis: [{ sourceId: 3, clause: '第九条' }],
  scope: {},
  tags: [],
  labels: [],
  validFrom: null,
  validUntil: null,
  verifyBy: null,
  ...text,
})

export const said = (say: string): Draft => draft({ say })
