/** The closed lists of the trade. One list feeds TypeBox shapes, SQL checks and the page. */

export const ROLES = ['agent', 'expert', 'reviewer', 'chair', 'supervisor', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** 法规制度, 标准规范, 标准答案, 业务流程: knowledge whose text is written freely. */
export const KNOWLEDGE_KINDS = ['rule', 'standard', 'answer', 'process'] as const
export type KnowledgeKind = (typeof KNOWLEDGE_KINDS)[number]

/** All that the committee reviews: knowledge, call scripts 话术 (server/scripts), and the guides of their nine steps 步骤指引. */
export const ENTRY_KINDS = [...KNOWLEDGE_KINDS, 'script', 'step'] as const
export type EntryKind = (typeof ENTRY_KINDS)[number]

/** What a search may return: knowledge by kind, grid status notices, call scripts; and guides of steps, only where they are asked for. */
export const SEARCH_KINDS = [...KNOWLEDGE_KINDS, 'notice', 'script', 'step'] as const
export type SearchKind = (typeof SEARCH_KINDS)[number]

/** The seven business categories 七大业务类别 (domain.md §1.1). */
export const CATEGORIES = [
  '供电安全',
  '供电可靠',
  '电网建设',
  '供电服务',
  '信息沟通',
  '第三方机构',
  '其它',
] as const
export type Category = (typeof CATEGORIES)[number]

export const COMPANIES = ['国网', '南网'] as const
export type Company = (typeof COMPANIES)[number]

/** 待核: holds a fact still to be checked. 旧版: rests on a replaced document. */
export const LABELS = ['待核', '旧版'] as const
export type Label = (typeof LABELS)[number]

/**
 * What an agent may see on an entry: the author's labels, and what the service derives. 快审: published by one duty
 * reviewer for a while. 依据已更新: a cited source has been replaced. 引用已更新: a script quotes an entry that has
 * changed since it was reviewed. 逾期未复核: past its verifyBy. 有反馈: agents reported it.
 */
export const VIEW_LABELS = [...LABELS, '快审', '依据已更新', '引用已更新', '逾期未复核', '有反馈'] as const
export type ViewLabel = (typeof VIEW_LABELS)[number]

export const SOURCE_KINDS = [
  'law',
  'regulation',
  'rule',
  'local',
  'standard',
  'document',
  'commitment',
  'internal',
  'reference',
] as const
export type SourceKind = (typeof SOURCE_KINDS)[number]

export const SOURCE_STATUSES = ['current', 'verify', 'outdated'] as const
export type SourceStatus = (typeof SOURCE_STATUSES)[number]

/** 计划停电, 临时停电, 故障停电, 有序用电, 恢复送电. */
export const NOTICE_KINDS = ['planned', 'temporary', 'fault', 'orderly', 'restoration'] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

/** Derived from the clock: before startsAt, until endsAt, after it. */
export const NOTICE_STATES = ['upcoming', 'active', 'ended'] as const
export type NoticeState = (typeof NOTICE_STATES)[number]

export const VERDICTS = ['resolved', 'follow_up', 'escalated'] as const
export type Verdict = (typeof VERDICTS)[number]

/** How an entry came to be opened in a call. */
export const OPENED_HOW = ['list', 'number', 'enter', 'recent', 'favourite', 'link', 'palette'] as const
export type OpenedHow = (typeof OPENED_HOW)[number]

/** What an agent copied to read or paste. */
export const COPIED_PARTS = ['say', 'body', 'basis'] as const
export type CopiedPart = (typeof COPIED_PARTS)[number]

/** Where a revision stands; derived from reviews, publications and the clock, never stored. */
export const REVISION_STATES = [
  'draft',
  'in_review',
  'returned',
  'approved',
  'in_force',
  'superseded',
  'expired',
  'retired',
] as const
export type RevisionState = (typeof REVISION_STATES)[number]

export const REVIEW_KINDS = ['publication', 'retirement'] as const
export type ReviewKind = (typeof REVIEW_KINDS)[number]

export const REVIEW_STATES = ['in_review', 'returned', 'approved', 'withdrawn'] as const
export type ReviewState = (typeof REVIEW_STATES)[number]

export const VOTE_VERDICTS = ['approve', 'return'] as const
export type VoteVerdict = (typeof VOTE_VERDICTS)[number]

/** The fields of a revision, in the order in which they are written, compared and reviewed. */
export const REVISION_FIELDS = [
  'standardQuestion',
  'say',
  'body',
  'similarQuestions',
  'basis',
  'scope',
  'kind',
  'category',
  'topic',
  'ownerDepartment',
  'tags',
  'labels',
  'validFrom',
  'validUntil',
  'verifyBy',
] as const
export type RevisionField = (typeof REVISION_FIELDS)[number]

/** Why an owner has work on a published entry. */
export const TASK_KINDS = ['source_updated', 'quote_updated', 'wrong', 'unclear', 'outdated'] as const
export type TaskKind = (typeof TASK_KINDS)[number]
/** What an agent may say of a paragraph. */
export const FEEDBACK_KINDS = ['wrong', 'unclear', 'outdated'] as const
export type FeedbackKind = (typeof FEEDBACK_KINDS)[number]

/**
 * What came of a report: still open; the text has been revised since; the owner answered that nothing has to change; the
 * entry is no longer in force.
 */
export const REPORT_STATES = ['open', 'revised', 'answered', 'withdrawn'] as const
export type ReportState = (typeof REPORT_STATES)[number]

/** What people are told of; each has happened, or a day has come. */
export const NOTIFICATION_EVENTS = [
  'review.opened',
  'review.due',
  'review.overdue',
  'review.returned',
  'review.withdrawn',
  'revision.published',
  'source.superseded',
  'quote.updated',
  'feedback.given',
  'feedback.answered',
  'verification.due',
  'notice.posted',
  'question.routed',
  'question.returned',
  'question.answered',
  'question.refused',
  'question.overdue',
  'callback.due',
] as const
export type NotificationEvent = (typeof NOTIFICATION_EVENTS)[number]
