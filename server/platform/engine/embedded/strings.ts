/** Many strings in one, so that they pass between threads and rest in memory at little cost. */
export interface StringTable {
  text: string
  /** Where each string begins in `text`; one more entry holds the length. */
  offsets: Uint32Array
}

/** Packs strings, keeping their order. */
export function packStrings(strings: readonly string[]): StringTable {
  const offsets = sharedUint32(strings.length + 1)
  let end = 0
  strings.forEach((string, index) => {
    end += string.length
    offsets[index + 1] = end
  })
  return { text: strings.join(''), offsets }
}

/** The number of strings in a table. */
export function countStrings(table: StringTable): number {
  return table.offsets.length - 1
}

/** The string at an index of the table. */
export function stringAt(table: StringTable, index: number): string {
  return table.text.slice(table.offsets[index], table.offsets[index + 1])
}

/** The index of the first string not before `wanted` in a sorted table. */
export function lowerString(table: StringTable, wanted: string): number {
  let low = 0
  let high = countStrings(table)
  while (low < high) {
    const middle = (low + high) >>> 1
    if (stringAt(table, middle) < wanted) low = middle + 1
    else high = middle
  }
  return low
}

/** The index of the first number not before `wanted` in sorted numbers. */
export function lowerNumber(sorted: Uint32Array, wanted: number, from = 0, to = sorted.length): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1
    else high = middle
  }
  return low
}

/** FNV-1a over the UTF-16 units, 32 bits. */
export function hashString(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/** Zeroed numbers in memory that threads share, so that a worker reads and hands over an index without copying. */
export function sharedUint32(length: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(length * 4))
}

/** A copy of numbers in memory that threads share. */
export function shareUint32(values: ArrayLike<number>): Uint32Array {
  const shared = sharedUint32(values.length)
  shared.set(values)
  return shared
}

/** Zeroed bytes in memory that threads share. */
export function sharedBytes(length: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(length))
}
