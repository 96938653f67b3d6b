import type { Root } from 'mdast'
import { SKIP, visit } from 'unist-util-visit'

/** Turns `entry:<ref>` into the id of something that may be linked to, or undefined. */
export type ResolveEntry = (ref: string) => number | undefined

const ENTRY = /^entry:([\w-]+)$/u
const WEB = /^https?:\/\/[^\s/]/iu

/** Keeps links to http(s) and to entries; any other link becomes its own text. */
export function allowLinks(resolve: ResolveEntry) {
  return (tree: Root): void => {
    visit(tree, 'link', (node, index, parent) => {
      const url = allowedUrl(node.url, resolve)
      if (url !== undefined) {
        node.url = url
        return undefined
      }
      parent!.children.splice(index!, 1, ...node.children)
      return [SKIP, index!]
    })
  }
}

function allowedUrl(url: string, resolve: ResolveEntry): string | undefined {
  const ref = ENTRY.exec(url)?.[1]
  if (ref === undefined) return WEB.test(url) ? url : undefined
  const id = resolve(ref)
  return id === undefined ? undefined : `/desk?entry=${id}`
}
