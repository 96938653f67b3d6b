import rehypeSanitize from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import { remark } from 'remark'
import remarkCjkFriendly from 'remark-cjk-friendly'
import remarkGfm from 'remark-gfm'
import remarkRehype from 'remark-rehype'
import { bounded } from './bounds.ts'
import { layOutFootnotes } from './footnotes.ts'
import { shiftHeadings } from './headings.ts'
import { describeImages } from './images.ts'
import { allowLinks, type ResolveEntry } from './links.ts'
import { textOf } from './text.ts'
import { schema } from './schema.ts'

const parser = remark().use(remarkGfm).use(remarkCjkFriendly).freeze()

/**
 * Markdown (CommonMark, GFM tables, CJK-friendly emphasis) as sanitised HTML. Raw HTML in the text is dropped.
 * Never throws for any text; `resolve` decides which entries may be linked to.
 */
export function renderMarkdown(markdown: string, resolve: ResolveEntry): string {
  return String(pipeline(resolve).use(rehypeStringify).processSync(bounded(markdown)))
}

const pipeline = (resolve: ResolveEntry) =>
  parser()
    .use(describeImages)
    .use(layOutFootnotes)
    .use(() => allowLinks(resolve))
    .use(shiftHeadings)
    .use(remarkRehype)
    .use(rehypeSanitize, schema)

/** The words of paragraph `at`, from 0, counted as the rendered text shows them: what stands directly in the body. */
export function paragraphText(markdown: string, at: number): string | undefined {
  const render = pipeline(() => undefined)
  const { children } = render.runSync(render.parse(bounded(markdown)))
  const block = children.filter(one => one.type === 'element')[at]
  return block && wordsOf(block).replace(/\s+/gu, ' ').trim()
}

interface Block {
  value?: string
  children?: readonly Block[]
}

/** Cells and list items are written on lines of their own, so that their words do not run together. */
const wordsOf = ({ value = '', children = [] }: Block): string => value + children.map(wordsOf).join('')

/** The words of a Markdown text, one line a block, for searching and snippets. */
export function plainText(markdown: string): string {
  return textOf(parser.parse(bounded(markdown)))
}

/** A text without the front matter between two lines of --- at its beginning, where it has one. */
export const withoutFrontMatter = (markdown: string): string =>
  markdown.replace(/^---\n[\s\S]*?\n---(?:\n|$)/u, '')
