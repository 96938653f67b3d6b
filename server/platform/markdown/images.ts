import type { Root } from 'mdast'
import { visit } from 'unist-util-visit'

/** An image becomes its description: nothing is ever loaded from an address that an author typed. */
export function describeImages() {
  return (tree: Root): void => {
    visit(tree, ['image', 'imageReference'], (node, index, parent) => {
      const value = 'alt' in node ? (node.alt ?? '') : ''
      if (parent && index !== undefined && 'children' in parent)
        parent.children.splice(index, 1, { type: 'text', value })
    })
  }
}
