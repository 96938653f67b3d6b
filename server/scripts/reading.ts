import type { CheckedStep } from './check-context.ts'

/** How fast a script is read aloud unless it is said otherwise, in characters a minute: calm speech on the telephone. */
export const CHARACTERS_A_MINUTE = 240

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
    .map(({ text }) =>
      text
        .replace(/\[\[([^[\]]{1,80})\]\]/gu, (_, ref: string) => say(ref))
        .replace(/\{[^{}]{0,40}\}/gu, VARIABLE),
    )
  const characters = spoken.join('').match(/[\p{L}\p{N}]/gu)?.length ?? 0
  return Math.ceil((characters * 60) / charactersAMinute)
}
