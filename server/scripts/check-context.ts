import type { Company } from '#server/contract/lists.ts'
import type { QuoteState, Severity } from '#server/contract/script-lists.ts'
import { RULES, type ScriptRule } from '#server/contract/script-rules.ts'
import type { Finding, GuideField } from '#server/contract/script-views.ts'
import type { ScriptDraft } from '#server/contract/script.ts'
import type { Lexicons } from './lexicon.ts'

/** What a quote stands for. `text` gives what the quoted entry says, for its figures; `company` the one it holds for alone. */
export interface QuoteFacts {
  state: QuoteState
  pinned: number | null
  current: number | null
  company?: Company
  say?: string
  text?: () => string
}

/** What a check needs to know beside the script. */
export interface CheckContext {
  lexicons: Lexicons
  /** The guides of the steps; a step without one is checked by its words alone. */
  guides: ReadonlyMap<number, { fields: readonly GuideField[]; checks: readonly string[] }>
  /** What the words between [[ and ]] stand for; undefined when there is no such entry or notice. */
  quote: (ref: string) => QuoteFacts | undefined
  /** The company the script is for; undefined for every one. */
  company?: Company
  /** The notice of the call, ms; null is a time it does not hold. */
  notice?: { estimate: number | null; nextUpdateAt: number | null }
  /** When the call is, ms: by it 明天 is told from the day of the notice. Undefined where there is no call. */
  now?: number
  /** Yuan that an agent may grant without an approval. */
  authorityLimit: number
  charactersAMinute: number
  /** Whether all of a script is there, so that what is missing is missing. */
  whole?: boolean
}

export type CheckedStep = NonNullable<ScriptDraft['steps']>[number]
export type CheckedScript = Pick<ScriptDraft, 'reasons' | 'scenario'> & { steps: readonly CheckedStep[] }

/** Where a finding is. */
export type Place = Pick<Finding, 'step' | 'branch' | 'line' | 'field'>

/** What a finding says beside its rule and place; `severity` where a case is graver or lighter than its rule. */
interface Words {
  message: string
  quote?: string
  source?: string
  instead?: string
  severity?: Severity
}

/** A finding of a rule, with the source of the rule. */
export const finding = ({ step, branch, line, field }: Place, rule: ScriptRule, words: Words): Finding => ({
  step,
  ...(branch !== undefined && { branch }),
  ...(line !== undefined && { line }),
  ...(field !== undefined && { field }),
  rule,
  severity: RULES[rule],
  source: SOURCES[rule],
  ...words,
})

/** Where the rules come from that no lexicon names. */
const SOURCES: Partial<Record<ScriptRule, string>> = {
  'promise.time': '第五步 降低期望值（domain 2）：恢复时间以通知为准',
  'promise.average': '第五步 降低期望值（domain 2、3.2）：公开承诺是平均时间',
  'amount.unauthorised': '第八步 利益导向式呈现（domain 2）：授权额度与审批号',
  'empathy.missing': '规范用语·共情标记（domain 2.2）：前三句至少一句',
  'safety.not-first': '安全提示（domain 5）：涉及人身危险，第一句必须是安全提示',
  'question.missing': '九步编写指引（domain 2）：这一步要有问句',
  'action.missing': '第三步 抢占制高点（domain 2）：说出正在做的动作',
  'update.missing': '第五步 降低期望值（domain 2）：下次更新时间必填',
  'alternative.missing': '第五步 降低期望值（domain 2）：有限制就要有替代办法',
  'option.incomplete': '第八步 利益导向式呈现（domain 2）：方案写清谁、何时',
  'claim.period-missing': '第七步 迂回式切入（domain 2）；居民用户家用电器损坏处理办法：七日',
  'return.missing': '第七步 迂回式切入（domain 2）：收下原诉求，约定回来',
  'thanks.missing': '第九步 利润点寻找（domain 2）：致谢与回访时间',
  'closing-question.missing': '第九步 利润点寻找（domain 2）：挂断前问还有没有别的',
  'contact.unchecked': '第四步 寻找投送点（domain 2）：渠道为短信，先核对联系方式',
  'length.key-sentence': '第四步 寻找投送点（domain 2）：关键句不超过 60 字',
  'field.required': '步骤指引：必填项',
  'field.few': '步骤指引：最少项数',
  'field.many': '步骤指引：最多项数',
  'rows.incomplete': '步骤指引：一行里的责任人、期限不能空',
  'priority.twice': '第二步 分层式排序（domain 2）：优先号不重复',
  'quote.gone': '引用以现行审定内容为准（domain 2.1）',
  'quote.changed': '引用以现行审定内容为准（domain 2.1）',
  'quote.other-company': '数字随公司与地区不同（domain 5）',
  'quote.unknown': '引用要能找到原文（domain 2.1）',
  'quote.missing': '第三步 抢占制高点（domain 2）：引用法规要连到有效条目',
  'variable.unknown': '话术变量清单',
  'branch.nowhere': '流程：分支要有去处',
  'flow.no-exit': '流程：不能绕不出来',
  'flow.unreachable': '流程：每一步都要走得到',
  'step.missing': '脚本发布前九步齐备（domain 2.1）',
  'step.empty': '脚本发布前九步齐备（domain 2.1）',
  'step.long': '朗读时长',
  'figure.differs': '第六步 教育顾客（domain 2）：数字与条目一致',
}
