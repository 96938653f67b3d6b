import type { Paragraph, Root } from 'mdast'
import { visit } from 'unist-util-visit'

/** A footnote stays where it was written, with its number: an answer is read from top to bottom and has no jumps. */
export function layOutFootnotes() {
  return (tree: Root): void => {
    visit(tree, ['footnoteReference', 'footnoteDefinition'], (node, index, parent) => {
      if (node.type === 'footnoteReference')
        parent!.children.splice(index!, 1, { type: 'text', value: `[${node.identifier}]` })
      if (node.type !== 'footnoteDefinition') return undefined
      const number: Paragraph = {
        type: 'paragraph',
        children: [{ type: 'text', value: `[${node.identifier}]` }],
      }
      parent!.children.splice(index!, 1, number, ...node.children)
      return index! + 1
    })
  }
}
