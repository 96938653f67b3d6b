import type { QuoteState, ScriptVariable } from '#server/contract/script-lists.ts'
import type { QuoteView } from '#server/contract/script-views.ts'
import { inlinePieces } from './script-lines.ts'

/** What stands for a variable: what the call knows, or why there is nothing to say (a key of the locale files). */
export type Filled = { text: string } | { gap: string }
export type Filling = (name: ScriptVariable) => Filled

/** A quote as it reads now; without words it is a gap, with the reason as a key of the locale files. */
export type Quoted = Pick<QuoteView, 'title' | 'state'> & Filled
export type Quoting = (ref: string) => Quoted

/** A piece of a line as it is read aloud. */
export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'filled'; name: ScriptVariable; text: string }
  | { kind: 'gap'; name: string; gap: string }
  | { kind: 'quote'; ref: string; title: string; text: string; state: QuoteState }

/** A line in its pieces: its own words, what the call fills in, gaps, and quotes as they read now. */
export const partsOf = (line: string, fill: Filling, quote: Quoting): Part[] =>
  inlinePieces(line).map(piece => {
    if (piece.kind === 'quote') return quotePart(piece.text, quote)
    if (piece.kind === 'variable') return variablePart(piece.text as ScriptVariable, fill)
    return { kind: 'text', text: piece.kind === 'unknown' ? `{${piece.text}}` : piece.text }
  })

function variablePart(name: ScriptVariable, fill: Filling): Part {
  const filled = fill(name)
  return 'gap' in filled
    ? { kind: 'gap', name, gap: filled.gap }
    : { kind: 'filled', name, text: filled.text }
}

function quotePart(ref: string, quote: Quoting): Part {
  const quoted = quote(ref)
  if ('gap' in quoted) return { kind: 'gap', name: quoted.title ?? ref, gap: quoted.gap }
  return { kind: 'quote', ref, title: quoted.title ?? ref, text: quoted.text, state: quoted.state }
}

/** How the quotes of a script read: the words in force now, and nothing where nothing is in force. */
export const quotingOf =
  (quotes: readonly QuoteView[]): Quoting =>
  ref => {
    const found = quotes.find(one => one.ref === ref)
    const title = found?.title ?? null
    if (found?.say == null) return { title, state: 'gone', gap: 'script.gap.quote' }
    return { title, state: found.state, text: found.say.replace(/\s*\n\s*/gu, '') }
  }

/** A line as plain words, with gaps as they are told to be worded: what is copied. */
export const plainText = (parts: readonly Part[], wordGap: (gap: string, name: string) => string): string =>
  parts.map(part => (part.kind === 'gap' ? wordGap(part.gap, part.name) : part.text)).join('')
