import type { CheckedStep } from './check-context.ts'
import { withQuotes } from './quotes.ts'

/** Characters that a variable is taken for: nobody knows yet what stands there. */
const VARIABLE = '某某某某'

/**
 * How long (s) the agent reads the required lines of a step aloud: characters and digits count, a quote as what is said for it.
 * Branches are not counted, nobody hears all of them.
 */
export function readSeconds(
  { lines = [] }: Pick<CheckedStep, 'lines'>,
  charactersAMinute: number,
  say: (ref: string) => string,
): number {
  const spoken = lines
    .filter(line => line.speaker === 'agent' && !line.optional)
    .map(({ text }) => withQuotes(text, say).replace(/\{[^{}]{0,40}\}/gu, VARIABLE))
  const characters = spoken.join('').match(/[\p{L}\p{N}]/gu)?.length ?? 0
  return Math.ceil((characters * 60) / charactersAMinute)
}
