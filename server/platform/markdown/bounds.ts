/** The widest beginning of a line, in columns: quotes and lists deeper than this are no answer anyone can read. */
const MAX_INDENT = 60
/** The most marks in a paragraph or table: what the parser does with them grows with their square. */
const MAX_MARKS = 500

const BEGINNING = /^(?:[ \t]|>|[-*+](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$))+/gmu
const BLANK_LINES = /(\n[ \t>]*(?=\n))/u
const MARKS = /[*_~[\]]/gu

/**
 * Markdown that a parser takes in bounded time and depth, whatever was written: quotes and lists nest only so deep,
 * and where a paragraph has countless marks of emphasis and links they are plain characters. Other text is left alone.
 */
export function bounded(markdown: string): string {
  return markdown
    .replace(/\r\n?/gu, '\n')
    .replace(BEGINNING, shortened)
    .split(BLANK_LINES)
    .map(withoutCountlessMarks)
    .join('')
}

function shortened(beginning: string): string {
  const wide = beginning.replaceAll('\t', '    ')
  return wide.length <= MAX_INDENT ? beginning : `${wide.slice(0, MAX_INDENT).trimEnd()} `
}

function withoutCountlessMarks(paragraph: string): string {
  const count = paragraph.match(MARKS)?.length ?? 0
  if (count <= MAX_MARKS) return paragraph
  // a backslash before the mark could itself be escaped by one that was written
  return paragraph.replace(MARKS, mark => `&#${mark.charCodeAt(0)};`)
}
