import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainText, renderMarkdown } from '#server/platform/markdown/render.ts'

const html = (markdown: string) => renderMarkdown(markdown, ref => (ref === 'good' ? 7 : undefined))

const TAGS = new Set(
  'p h2 h3 h4 ul ol li blockquote hr br pre code strong em del a table thead tbody tr th td input'.split(' '),
)
const ATTRIBUTES = [
  /^ href="(?:https?:\/\/[^"<>]*|\/desk\?entry=7)"$/u,
  /^ start="\d+"$/u,
  /^ align="(?:left|right|center)"$/u,
  /^ (?:checked|disabled|type="checkbox")$/u,
]

/** What of some HTML lies outside the schema; a `<` that is no tag of the schema is a fault too. */
function strangers(output: string): string[] {
  const pieces = output.match(/<[^>]*>?/gu) ?? []
  return pieces.filter(piece => {
    const [, name = '', attributes = ''] = /^<\/?([a-z0-9]+)((?: [a-z]+(?:="[^"]*")?)*)>$/u.exec(piece) ?? []
    const each = attributes.match(/ [a-z]+(?:="[^"]*")?/gu) ?? []
    return !TAGS.has(name) || each.some(one => !ATTRIBUTES.some(allowed => allowed.test(one)))
  })
}

const ADDRESSES = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  ' javascript:alert(1)',
  '\u0001javascript:alert(1)',
  '&#106;avascript:alert(1)',
  '&#x6A&#x61vascript:alert(1)',
  'javascript&colon;alert(1)',
  'javascript%3Aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD4=',
  'vbscript:msgbox(1)',
  'file:///etc/passwd',
  'ftp://a.example',
  'mailto:a@example.cn',
  'tel:95598',
  'blob:https://a.example/1',
  'view-source:https://a.example',
  '//evil.example',
  '\\\\evil.example',
  '/api/session',
  'entry:../session',
  'entry:good" onclick="alert(1)',
  'https:alert(1)',
  'http:\\\\evil.example',
]
const FORMS: [string, (address: string) => string][] = [
  ['inline', address => `[点我](${address})`],
  ['inline in brackets', address => `[点我](<${address}>)`],
  ['inline with a title', address => `[点我](${address} "标题")`],
  ['autolink', address => `<${address}>`],
  ['bare', address => `看 ${address} 这里`],
  ['reference', address => `[点我][a]\n\n[a]: ${address}`],
  ['reference in brackets', address => `[点我][a]\n\n[a]: <${address}>`],
  ['collapsed reference', address => `[点我][]\n\n[点我]: ${address}`],
  ['shortcut reference', address => `[点我]\n\n[点我]: ${address}`],
  ['image', address => `![点我](${address})`],
  ['image in a link', address => `[![图](${address})](${address})`],
  ['in emphasis', address => `***[点我](${address})***`],
  ['in a table', address => `|a|\n|-|\n|[点我](${address})|`],
  ['in a heading', address => `# [点我](${address})`],
  ['in a footnote', address => `甲[^1]\n\n[^1]: [点我](${address})`],
  ['raw', address => `<a href="${address}">点我</a>`],
  ['raw image', address => `<img src="${address}" onerror="alert(1)">`],
]

test.each(FORMS)('no form of link leads elsewhere: %s', (_, form) => {
  for (const address of ADDRESSES) {
    const output = html(form(address))
    expect(strangers(output), form(address)).toEqual([])
    expect(output, form(address)).not.toMatch(/href="(?!\/desk\?entry=7|https:\/\/a\.example)/u)
  }
})

test.each([
  '<script>alert(1)</script>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<SCRIPT SRC=//evil.example/x.js>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<object data="javascript:alert(1)">',
  '<form action="/api/session"><input type=password></form>',
  '<base href="//evil.example/">',
  '<meta http-equiv=refresh content="0;url=//evil.example">',
  '<link rel=stylesheet href=//evil.example>',
  '<style>@import "//evil.example"</style>',
  '<details open ontoggle=alert(1)>',
  '<p style="position:fixed" id="main" class="x" name="y">停电</p>',
  '<!--><img src=x onerror=alert(1)>-->',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<?php echo 1 ?>',
  '```html\n<script>alert(1)</script>\n```',
  '`<script>alert(1)</script>`',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '\\<script>alert(1)</script>',
  '[a](https://a.example/"onmouseover="alert(1))',
  '[a](https://a.example "\\" onmouseover=alert(1)")',
  '| <img src=x onerror=alert(1)> |\n|-|\n| <b onclick=x> |',
  '- [x] <input onfocus=alert(1) autofocus>',
  'x\u0000<script\u0000>alert(1)</script>',
])('hostile HTML has no effect: %s', markdown => {
  expect(strangers(html(markdown))).toEqual([])
})

test('whatever is written, nothing outside the schema comes out', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom(...'*_~`[]()<>!#|-+:&;"\'\\/=^\n\t >'),
    fc.constantFrom(
      '停电',
      '<a href=',
      '<script>',
      '](',
      'javascript:',
      'https://',
      '[a]: ',
      'entry:good',
      '\n\n',
      '|-|',
    ),
    fc.constantFrom(...ADDRESSES),
  )
  const text = fc.array(piece, { maxLength: 40 }).map(pieces => pieces.join(''))
  fc.assert(
    fc.property(text, markdown => {
      expect(strangers(html(markdown))).toEqual([])
      plainText(markdown)
    }),
    { numRuns: 500 },
  )
})
