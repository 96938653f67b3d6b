import type { Nodes, Root } from 'mdast'

const INLINE = new Set(['text', 'inlineCode', 'emphasis', 'strong', 'delete', 'link', 'break'])

/** The words of a parsed text: blocks and table rows on lines of their own, cells apart, no raw HTML. */
export function textOf(tree: Root): string {
  return gather(tree)
    .replace(/[ \t]+/gu, ' ')
    .replace(/\s*\n\s*/gu, '\n')
    .trim()
}

function gather(node: Nodes): string {
  if (node.type === 'html') return ''
  if (node.type === 'break') return '\n'
  if ('value' in node) return node.type === 'code' ? `${node.value}\n` : node.value
  if (!('children' in node)) return ''
  const inner = node.children.map(gather).join('')
  if (node.type === 'tableCell') return `${inner} `
  return INLINE.has(node.type) ? inner : `${inner}\n`
}
