import { describe, expect, test } from 'vitest'
import { bounded } from '#server/platform/markdown/bounds.ts'
import { plainText, renderMarkdown } from '#server/platform/markdown/render.ts'

const ENTRIES: Record<string, number> = { 'outage-compensation': 12, '7': 7 }
const html = (markdown: string) => renderMarkdown(markdown, ref => ENTRIES[ref])
const depth = (markdown: string) => html(markdown).match(/<(?:blockquote|ul|ol)\b/gu)?.length ?? 0

describe('headings', () => {
  test.each([
    ['# 停电赔偿', '<h2>停电赔偿</h2>'],
    ['## 依据', '<h2>依据</h2>'],
    ['#### 说明', '<h4>说明</h4>'],
    ['###### 备注', '<h4>备注</h4>'],
  ])('%s', (markdown, expected) => expect(html(markdown)).toBe(expected))
})

describe('emphasis beside Chinese punctuation', () => {
  test.each([
    ['**注意：**内容', '<p><strong>注意：</strong>内容</p>'],
    ['请**“先别修”**，等查勘', '<p>请<strong>“先别修”</strong>，等查勘</p>'],
  ])('%s', (markdown, expected) => expect(html(markdown)).toBe(expected))
})

test('a GFM table keeps its head, cells and alignment', () => {
  expect(html('|项目|限值|\n|---|:-:|\n|电场强度|4000伏/米|')).toBe(
    '<table>\n<thead>\n<tr>\n<th>项目</th>\n<th align="center">限值</th>\n</tr>\n</thead>\n' +
      '<tbody>\n<tr>\n<td>电场强度</td>\n<td align="center">4000伏/米</td>\n</tr>\n</tbody>\n</table>',
  )
})

test('a task list is shown and cannot be ticked', () => {
  expect(html('- [x] 查表箱')).toContain('<input type="checkbox" checked disabled>')
})

describe('links', () => {
  test.each([
    ['[赔偿](entry:outage-compensation)', '<p><a href="/desk?entry=12">赔偿</a></p>'],
    ['[赔偿](entry:7)', '<p><a href="/desk?entry=7">赔偿</a></p>'],
    ['[赔偿](entry:nothing)', '<p>赔偿</p>'],
    ['[赔偿][a]\n\n[a]: entry:outage-compensation', '<p><a href="/desk?entry=12">赔偿</a></p>'],
    ['[赔偿][a]\n\n[a]: entry:nothing', '<p>赔偿</p>'],
    ['[办法](https://www.gov.cn/a?b=1)', '<p><a href="https://www.gov.cn/a?b=1">办法</a></p>'],
    ['[办法][a]\n\n[a]: https://a.cn\n[a]: https://b.cn', '<p><a href="https://a.cn">办法</a></p>'],
    ['<https://www.gov.cn>', '<p><a href="https://www.gov.cn">https://www.gov.cn</a></p>'],
    ['[**重要**办法](/api/session)', '<p><strong>重要</strong>办法</p>'],
    ['[办法](//evil.example)', '<p>办法</p>'],
    ['[办法](../x)', '<p>办法</p>'],
    ['[办法](#a)', '<p>办法</p>'],
    ['[办法](https:///x)', '<p>办法</p>'],
    ['[办法][a]\n\n[a]: //evil.example', '<p>办法</p>'],
    ['[办法][a]\n\n[a]: /api/session', '<p>办法</p>'],
    ['95598@example.cn', '<p>95598@example.cn</p>'],
  ])('%s', (markdown, expected) => expect(html(markdown)).toBe(expected))
})

test('an image becomes its description, whatever its address', () => {
  expect(html('前![接线图](https://a.example/x.png)后')).toBe('<p>前接线图后</p>')
  expect(html('![接线图][a]\n\n[a]: https://a.example/x.png')).toBe('<p>接线图</p>')
})

test('a footnote is laid out where it was written and jumps nowhere', () => {
  expect(html('按办法赔偿[^1]。\n\n[^1]: 见第七条。')).toBe(
    '<p>按办法赔偿[1]。</p>\n<p>[1]</p>\n<p>见第七条。</p>',
  )
})

test('raw HTML is dropped, the words around it stay', () => {
  expect(html('前<b onclick="x()">中</b>后')).toBe('<p>前中后</p>')
  expect(html('<style>p{}</style>\n\n正文')).toBe('<p>正文</p>')
})

describe('bounds', () => {
  test('ordinary text is left as it is', () => {
    const text = '## 依据\n\n> - **注意：**[a](b)\n\n|a|b|\n|---|---|\n\n-----------\n\n1. 甲\n   - 乙\n'
    expect(bounded(text)).toBe(text)
  })

  test('nesting stops at a depth, by marks as by white space', () => {
    expect(depth('> > > 停电')).toBe(3)
    for (const mark of ['>', '> ', '- ', '* ', '1. ', '\t- ']) {
      expect(depth(`${mark.repeat(10_000)}停电`)).toBeLessThanOrEqual(60)
    }
    const stairs = Array.from({ length: 300 }, (_, step) => `${'\t'.repeat(step)}- 停电`)
    for (const end of ['\n', '\r', '\r\n']) expect(depth(stairs.join(end))).toBeLessThanOrEqual(300 + 60)
  })

  test('countless marks in a paragraph are plain characters, with a backslash before them or not', () => {
    for (const unit of ['*停', '*_', '](', '[停](', '![停][甲]', '[^1]', '**', '~停~~']) {
      expect(bounded(unit.repeat(10_000))).not.toMatch(/[*_~[\]]/u)
      expect(bounded(`\\${unit}`.repeat(10_000))).not.toMatch(/[*_~[\]]/u)
    }
    expect(html('*停'.repeat(1000))).toBe(`<p>${'*停'.repeat(1000)}</p>`)
  })

  test('marks are counted by paragraph', () => {
    expect(html('**停**\n\n'.repeat(300)).match(/<strong>/gu)).toHaveLength(300)
  })
})

test('the words of a text: blocks and rows on lines, cells apart, no marks and no HTML', () => {
  const markdown =
    '## 依据\n\n按**规定**[办理](entry:7)。<b>x</b>\n\n|项目|限值|\n|-|-|\n|电压|220伏|\n\n```\n登记\n```'
  expect(plainText(markdown)).toBe('依据\n按规定办理。x\n项目 限值\n电压 220伏\n登记')
})
