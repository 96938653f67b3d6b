/** Whether `query` occurs in the words or, in its letters alone, in their `initials` (of pinyin, or of Latin words). */
export function matches(query: string, words: string, initials: string): boolean {
  const asked = fold(query)
  return asked === '' || fold(words).includes(asked) || initials.includes(asked)
}

const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
