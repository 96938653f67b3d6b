/** What a stretch of folded text is made of: characters written without spaces, or letters and digits. */
export type RunKind = 'ideographs' | 'alphanumeric'

/** A stretch `[start, end)` of folded text without separators. */
export interface Run {
  kind: RunKind
  start: number
  end: number
}

const SEPARATOR = 1
const IDEOGRAPH = 2
const LETTER = 3
const DIGIT = 4

const UNSPACED =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]$/u
const LETTERS = /^[\p{L}\p{M}]$/u
const DIGITS = /^\p{N}$/u
const classes = new Uint8Array(65536)

/** The runs of a folded text, in order. A dot between two digits belongs to the number. */
export function findRuns(text: string): Run[] {
  const runs: Run[] = []
  let open: Run | undefined
  for (let at = 0; at < text.length; at += 1) {
    const kind = kindAt(text, at)
    if (open && kind === open.kind) {
      open.end = at + 1
      continue
    }
    open = kind && { kind, start: at, end: at + 1 }
    if (open) runs.push(open)
  }
  return runs
}

/** The pieces of letters and of digits in an alphanumeric run, such as `10kv` → `10`, `kv`; one piece if not mixed. */
export function splitMixed(word: string): string[] {
  return word.match(/[\p{N}.]+|[^\p{N}.]+/gu) ?? [word]
}

/** Whether everything in the word is a digit (or the dot of a number). */
export function isNumber(word: string): boolean {
  return /^[\p{N}.]+$/u.test(word)
}

function kindAt(text: string, at: number): RunKind | undefined {
  const found = classAt(text, at)
  if (found === IDEOGRAPH) return 'ideographs'
  if (found !== SEPARATOR) return 'alphanumeric'
  const isPoint = text[at] === '.' && at > 0 && at + 1 < text.length
  return isPoint && classAt(text, at - 1) === DIGIT && classAt(text, at + 1) === DIGIT
    ? 'alphanumeric'
    : undefined
}

function classAt(text: string, at: number): number {
  const unit = text.charCodeAt(at)
  if (unit >= 0xdc00 && unit <= 0xdfff) return at > 0 ? classOf(text.codePointAt(at - 1) ?? 0) : SEPARATOR
  if (unit >= 0xd800 && unit <= 0xdbff) return classOf(text.codePointAt(at) ?? 0)
  const known = classes[unit] ?? 0
  if (known !== 0) return known
  const found = classOf(unit)
  classes[unit] = found
  return found
}

function classOf(codePoint: number): number {
  const character = String.fromCodePoint(codePoint)
  if (UNSPACED.test(character)) return IDEOGRAPH
  if (LETTERS.test(character)) return LETTER
  return DIGITS.test(character) ? DIGIT : SEPARATOR
}
