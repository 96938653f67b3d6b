import type { Root } from 'mdast'
import { SKIP, visit } from 'unist-util-visit'

/** Turns `entry:<ref>` into the id of something that may be linked to, or undefined. */
export type ResolveEntry = (ref: string) => number | undefined

const ENTRY = /^entry:([\w-]+)$/u
const WEB = /^https?:\/\/[^\s/]/iu

/** Keeps links to http(s) and to entries, also those that name a definition; any other link becomes its own text. */
export function allowLinks(resolve: ResolveEntry) {
  return (tree: Root): void => {
    const defined = definitionsOf(tree)
    visit(tree, ['link', 'linkReference'], (node, index, parent) => {
      if (node.type !== 'link' && node.type !== 'linkReference') return undefined
      const written = node.type === 'link' ? node.url : (defined.get(node.identifier) ?? '')
      const url = allowedUrl(written, resolve)
      const { children } = node
      const instead = url === undefined ? children : [{ type: 'link' as const, url, children }]
      parent!.children.splice(index!, 1, ...instead)
      return [SKIP, url === undefined ? index! : index! + 1]
    })
  }
}

/** The addresses of definitions by name; the first of a name holds. */
function definitionsOf(tree: Root): Map<string, string> {
  const defined = new Map<string, string>()
  visit(tree, 'definition', ({ identifier, url }) => {
    if (!defined.has(identifier)) defined.set(identifier, url)
  })
  return defined
}

function allowedUrl(url: string, resolve: ResolveEntry): string | undefined {
  const ref = ENTRY.exec(url)?.[1]
  if (ref === undefined) return WEB.test(url) ? url : undefined
  const id = resolve(ref)
  return id === undefined ? undefined : `/desk?entry=${id}`
}
