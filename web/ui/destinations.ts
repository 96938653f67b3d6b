/** Somewhere the palette can go: its words as they stand, a key of the locale files that says what it is. */
export interface Destination {
  id: string
  words: string
  note: string
  run: () => unknown
}
