import type { Severity } from './script-lists.ts'

/** The rules whose words are looked up in scripts/lexicons; a lexicon names one of them as its group. */
export const LEXICON_RULES = [
  'words.evasive',
  'words.impatient',
  'words.blaming',
  'words.giving-up',
  'words.hollow',
  'words.threat',
  'words.blocking',
  'words.condescending',
  'words.jargon',
  'words.danger',
  'words.selling',
  'promise.absolute',
  'cause.unverified',
] as const
export type LexiconRule = (typeof LEXICON_RULES)[number]

/**
 * Every rule a script is checked by, and how grave a breach is. An error keeps a script from being submitted, a warning asks for a
 * word of reason. A lexicon may say otherwise of its group, and a check of a case of its own.
 */
export const RULES = {
  'words.evasive': 'error',
  'words.impatient': 'error',
  'words.blaming': 'error',
  'words.giving-up': 'error',
  'words.hollow': 'warning',
  'words.threat': 'error',
  'words.blocking': 'error',
  'words.condescending': 'error',
  'words.jargon': 'warning',
  'words.danger': 'error',
  'words.selling': 'error',
  'promise.absolute': 'error',
  'promise.time': 'error',
  'promise.average': 'error',
  'cause.unverified': 'error',
  'amount.unauthorised': 'error',
  'empathy.missing': 'warning',
  'safety.not-first': 'error',
  'question.missing': 'warning',
  'action.missing': 'warning',
  'update.missing': 'error',
  'alternative.missing': 'warning',
  'option.incomplete': 'error',
  'claim.period-missing': 'error',
  'return.missing': 'warning',
  'thanks.missing': 'warning',
  'closing-question.missing': 'warning',
  'contact.unchecked': 'warning',
  'length.key-sentence': 'warning',
  'field.required': 'error',
  'field.few': 'warning',
  'field.many': 'warning',
  'priority.twice': 'error',
  'quote.gone': 'error',
  'quote.changed': 'warning',
  'quote.other-company': 'error',
  'quote.unknown': 'error',
  'quote.missing': 'warning',
  'variable.unknown': 'error',
  'branch.nowhere': 'error',
  'flow.no-exit': 'error',
  'flow.unreachable': 'warning',
  'step.missing': 'error',
  'step.empty': 'error',
  'step.long': 'warning',
  'rows.incomplete': 'error',
  'figure.differs': 'error',
} as const satisfies Record<string, Severity>
export type ScriptRule = keyof typeof RULES
