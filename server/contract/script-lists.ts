/** The closed lists of the call scripts 话术 (domain.md §2). */

/** The nine steps in their order 九步: what each is called in this service, and the stage it belongs to. */
export const STEP_NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const
export type StepNumber = (typeof STEP_NUMBERS)[number]

/** 品质类, 资费类, 服务类, 业务类: the four classes of difficult complaints. */
export const SCRIPT_CLASSES = ['quality', 'tariff', 'service', 'business'] as const
export type ScriptClass = (typeof SCRIPT_CLASSES)[number]

/** 接受, 查询, 解释澄清, 提出方案. */
export const STAGES = ['accept', 'enquire', 'clarify', 'propose'] as const
export type Stage = (typeof STAGES)[number]

export const SPEAKERS = ['agent', 'customer'] as const
export type Speaker = (typeof SPEAKERS)[number]

/** An error keeps a script from being submitted; a warning needs a word of reason. */
export const SEVERITIES = ['error', 'warning'] as const
export type Severity = (typeof SEVERITIES)[number]

/** How an author fills a field of a step: a text, a list, or a table with named columns. */
export const STEP_FIELD_KINDS = ['text', 'list', 'rows'] as const
export type StepFieldKind = (typeof STEP_FIELD_KINDS)[number]

/**
 * What a line may take from the call while it is read aloud, written {客户.称呼}. The notice is the caller's active one;
 * what nobody knows yet is shown as a gap to be asked for, never as a guess.
 */
export const SCRIPT_VARIABLES = [
  '客户.称呼',
  '客户.户号',
  '客户.地址',
  '坐席.姓名',
  '坐席.工号',
  '通知.编号',
  '通知.线路',
  '通知.范围',
  '通知.原因',
  '通知.预计恢复',
  '通知.下次更新',
  '登记.编号',
  '登记.回复时间',
] as const
export type ScriptVariable = (typeof SCRIPT_VARIABLES)[number]

/** Where a quote stands against what was reviewed: the same text, another one in force now, or nothing in force. */
export const QUOTE_STATES = ['current', 'changed', 'gone'] as const
export type QuoteState = (typeof QUOTE_STATES)[number]
