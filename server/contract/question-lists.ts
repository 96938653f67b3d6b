/** The closed lists of questions and call-backs. */

/** How soon an answer is needed. safety 人身安全: 触电, 断线, 冒烟, 呼吸机 and the like; it comes before all else. */
export const URGENCIES = ['safety', 'urgent', 'normal'] as const
export type Urgency = (typeof URGENCIES)[number]

/** Where a question 待答问题 stands. A merged one stands where the one it was merged into stands. */
export const QUESTION_STATES = [
  'routed',
  'merged',
  'taken',
  'returned',
  'answered',
  'in_review',
  'published',
  'refused',
  'closed',
] as const
export type QuestionState = (typeof QUESTION_STATES)[number]

/** What may happen to a question; each is a row. hastened: somebody asked it again who needs the answer sooner. */
export const QUESTION_STEPS = [
  'raised',
  'merged',
  'unmerged',
  'routed',
  'taken',
  'released',
  'returned',
  'supplemented',
  'answered',
  'submitted',
  'answer_returned',
  'published',
  'refused',
  'hastened',
  'escalated',
  'called_back',
  'closed',
] as const
export type QuestionStepKind = (typeof QUESTION_STEPS)[number]

/** Where a call-back 回拨 stands: not yet answered, to be called, to be called again later, done. */
export const CALLBACK_STATES = ['waiting', 'due', 'later', 'done'] as const
export type CallbackState = (typeof CALLBACK_STATES)[number]

/** How a call-back ended, or this try of it. */
export const CALLBACK_RESULTS = ['reached', 'not_reached', 'wrong_number', 'not_wanted'] as const
export type CallbackResult = (typeof CALLBACK_RESULTS)[number]

/** Personal data that a free text may hold 手机或座机号, 身份证号, 户号. */
export const PERSONAL_KINDS = ['phone', 'id_card', 'account'] as const
export type PersonalKind = (typeof PERSONAL_KINDS)[number]
