/** The most letters of initials that one key holds. */
export const MOST_INITIALS = 6

/** The key of two characters in a row (UTF-16 units); `second` is 0 for the last character of a run. */
export function gramKey(first: number, second: number): number {
  return ((first << 16) | second) >>> 0
}

/** The first character of a gram, a UTF-16 unit. */
export function firstOf(key: number): number {
  return key >>> 16
}

/** The second character of a gram, 0 when the gram is the end of a run. */
export function secondOf(key: number): number {
  return key & 0xffff
}

/**
 * The keys of a run `[start, end)` of folded text, one for each character: itself with the one after it. Every
 * occurrence of a character thus begins exactly one gram, and a single character is found as a range of keys.
 */
export function gramKeys(text: string, start: number, end: number): number[] {
  const keys: number[] = []
  for (let at = start; at < end; at += 1) {
    keys.push(gramKey(text.charCodeAt(at), at + 1 < end ? text.charCodeAt(at + 1) : 0))
  }
  return keys
}

/** The key of some letters a to z in a row, at most `MOST_INITIALS`; 5 bits a letter after a leading 1. */
export function initialsKey(letters: readonly number[], start: number, end: number): number {
  let key = 1
  for (let at = start; at < end; at += 1) key = (key << 5) | ((letters[at] ?? 0) & 31)
  return key >>> 0
}
