import type { Options } from 'rehype-sanitize'

/** Everything that may come out of Markdown: no raw HTML, no styles, no handlers, no images. */
export const schema: Options = {
  tagNames:
    'p h2 h3 h4 ul ol li blockquote hr br pre code strong em del a table thead tbody tr th td input'.split(
      ' ',
    ),
  attributes: {
    a: ['href'],
    ol: ['start'],
    th: [['align', 'left', 'right', 'center']],
    td: [['align', 'left', 'right', 'center']],
    input: [
      ['type', 'checkbox'],
      ['disabled', true],
      ['checked', true],
    ],
  },
  required: { input: { type: 'checkbox', disabled: true } },
  protocols: { href: ['http', 'https'] },
  clobber: [],
  strip: ['script', 'style'],
}
