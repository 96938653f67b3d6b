import { SCRIPT_VARIABLES } from '#server/contract/script-lists.ts'
import { RULES, type LexiconRule } from '#server/contract/script-rules.ts'
import type { Finding } from '#server/contract/script-views.ts'
import { finding } from './check-context.ts'
import type { Heard } from './heard.ts'

/** What the lexicons find in a line, each wording once. */
export function wordFindings({ place, line, speech, hits }: Heard): Finding[] {
  const seen = new Set<string>()
  return hits.flatMap(({ lexicon, start, end }) => {
    const { group, name, severity, message, source, instead } = lexicon
    const quote = speech.written(start, end)
    if (!(group in RULES) || lexicon.speaker !== line.speaker || seen.has(group + quote)) return []
    seen.add(group + quote)
    const words = {
      severity,
      message: `“${quote}”是${name}：${message}`,
      quote,
      source,
      ...(instead && { instead }),
    }
    return finding(place, group as LexiconRule, words)
  })
}

const VARIABLE = /\{([^{}]{0,40})\}/gu
const KNOWN: ReadonlySet<string> = new Set(SCRIPT_VARIABLES)

/** Variables that no call fills. */
export const variableFindings = ({ place, line }: Heard): Finding[] =>
  [...line.text.matchAll(VARIABLE)]
    .filter(([, name = '']) => !KNOWN.has(name))
    .map(([quote]) =>
      finding(place, 'variable.unknown', {
        message: `没有“${quote}”这个变量，通话时填不出来。能用的有：${SCRIPT_VARIABLES.join('、')}`,
        quote,
      }),
    )
