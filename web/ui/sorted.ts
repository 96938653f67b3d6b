/** The members in ascending order of `key`, equals as they were; `toSorted` is younger than the browsers we serve. */
export function sortedBy<T>(list: readonly T[], key: (one: T) => number): T[] {
  const copy = [...list]
  copy.sort((a, b) => key(a) - key(b))
  return copy
}
