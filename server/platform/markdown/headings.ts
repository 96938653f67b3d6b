import type { Root } from 'mdast'
import { visit } from 'unist-util-visit'

/** Keeps headings between 2 and 4: the page's own title is the only first-level heading. */
export function shiftHeadings() {
  return (tree: Root): void => {
    visit(tree, 'heading', node => {
      node.depth = Math.min(4, Math.max(2, node.depth)) as 2 | 3 | 4
    })
  }
}
