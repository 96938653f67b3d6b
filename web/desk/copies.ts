import { shownEntry } from './answer.ts'

/** The citations of the entry shown, one a line: 《title》（number）clause. */
export function basisText(): string {
  const basis = shownEntry.value?.basis ?? []
  return basis.map(({ title, number, clause }) => `《${title}》（${number}）${clause ?? ''}`).join('\n')
}

const BLOCKS = 'p, h2, h3, h4, li, tr, blockquote, pre'

/** The body of the entry shown as plain text: one block a line, cells of a table apart by tabs. */
export function bodyText(): string {
  const page = new DOMParser().parseFromString(shownEntry.value?.bodyHtml ?? '', 'text/html')
  const blocks = [...page.querySelectorAll(BLOCKS)].filter(block => !block.querySelector(BLOCKS))
  return blocks.map(lineOf).filter(Boolean).join('\n')
}

function lineOf(block: Element): string {
  if (block.tagName !== 'TR') return (block.textContent ?? '').replace(/\s+/gu, ' ').trim()
  return [...block.children].map(cell => (cell.textContent ?? '').trim()).join('\t')
}
