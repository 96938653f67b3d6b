import type { Span } from './speech.ts'
import { endOf, type Pattern } from './term.ts'

/** Where a pattern stands in a text, by its place in the list of patterns. */
export interface Match {
  pattern: number
  start: number
  end: number
  /** What stands between its words. */
  gaps: readonly Span[]
}

interface Node {
  next: Map<number, number>
  /** The node of the longest end of this node's words that other patterns begin with. */
  fail: number
  /** The nearest node on the way of `fail` at which patterns end. */
  shorter: number
  ends: number[]
}

/** Finds many patterns in one reading of a text (Aho and Corasick, 1975): the time grows with the text and what is found in it. */
export function createMatcher(patterns: readonly Pattern[]): (text: string) => Match[] {
  const nodes = trieOf(patterns)
  linkUp(nodes)
  return text => {
    const found: Match[] = []
    let at = 0
    for (let end = 1; end <= text.length; end++) {
      at = follow(nodes, at, text.charCodeAt(end - 1))
      for (let node = at; node > 0; node = nodes[node]!.shorter)
        for (const pattern of nodes[node]!.ends) {
          const match = matchOf(text, patterns[pattern]!, pattern, end)
          if (match) found.push(match)
        }
    }
    return found
  }
}

function matchOf(
  text: string,
  { first, rest }: Pattern,
  pattern: number,
  firstEnd: number,
): Match | undefined {
  const start = firstEnd - first.length
  const found = endOf(text, rest, firstEnd)
  if (!found || splitsWord(text, start) || splitsWord(text, found.end)) return undefined
  return { pattern, start, end: found.end, gaps: found.gaps }
}

/** Whether a Latin word goes on across a place: ERT does not stand in expert. */
const splitsWord = (text: string, at: number): boolean =>
  at > 0 && at < text.length && isLatin(text.charCodeAt(at - 1)) && isLatin(text.charCodeAt(at))

const isLatin = (unit: number): boolean => unit >= 97 && unit <= 122

function trieOf(patterns: readonly Pattern[]): Node[] {
  const nodes = [newNode()]
  for (const [index, { first }] of patterns.entries()) {
    let at = 0
    for (let place = 0; place < first.length; place++) {
      const unit = first.charCodeAt(place)
      const known = nodes[at]!.next.get(unit)
      if (known === undefined) nodes[at]!.next.set(unit, nodes.push(newNode()) - 1)
      at = known ?? nodes.length - 1
    }
    nodes[at]!.ends.push(index)
  }
  return nodes
}

const newNode = (): Node => ({ next: new Map(), fail: 0, shorter: 0, ends: [] })

function linkUp(nodes: Node[]): void {
  const queue = [...nodes[0]!.next.values()]
  for (const at of queue) {
    const node = nodes[at]!
    for (const [unit, child] of node.next) {
      const fail = follow(nodes, node.fail, unit)
      nodes[child]!.fail = fail
      nodes[child]!.shorter = nodes[fail]!.ends.length > 0 ? fail : nodes[fail]!.shorter
      queue.push(child)
    }
  }
}

function follow(nodes: readonly Node[], from: number, unit: number): number {
  for (let at = from; ; at = nodes[at]!.fail) {
    const next = nodes[at]!.next.get(unit)
    if (next !== undefined) return next
    if (at === 0) return 0
  }
}
