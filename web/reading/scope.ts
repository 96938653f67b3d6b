import type { Scope } from '#server/contract/entry.ts'

/** What an answer is limited to, widest first; empty when it holds everywhere and for everyone. */
export const limitsOf = ({ company, province, city, customerClass }: Scope): string[] =>
  [company, province, city, customerClass].filter(one => one !== undefined)
