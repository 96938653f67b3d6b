import { describe, expect, it } from 'vitest'
import { bold, entryLink, list, quote, table, type Selected } from '../../../web/entries/markdown.ts'

/** A text with its selection between ⟨ and ⟩. */
const at = (marked: string): Selected => {
  const [before = '', inner = '', after = ''] = marked.split(/[⟨⟩]/u)
  return { text: before + inner + after, start: before.length, end: before.length + inner.length }
}
const shown = ({ text, start, end }: Selected) =>
  `${text.slice(0, start)}⟨${text.slice(start, end)}⟩${text.slice(end)}`

describe('the tools of the body', () => {
  it('make bold and take it back', () => {
    expect(shown(bold(at('先⟨断电⟩再看')))).toBe('先**⟨断电⟩**再看')
    expect(shown(bold(bold(at('先⟨断电⟩再看'))))).toBe('先⟨断电⟩再看')
    expect(shown(bold(at('先⟨⟩看')))).toBe('先**⟨⟩**看')
  })

  it('make a list of the lines and take it back', () => {
    expect(list(at('问清：\n⟨何时坏的\n只您一家⟩吗')).text).toBe('问清：\n- 何时坏的\n- 只您一家吗')
    expect(list(at('⟨- 何时坏的\n- 只您一家吗⟩')).text).toBe('何时坏的\n只您一家吗')
    expect(list(at('⟨⟩')).text).toBe('- ')
  })

  it('set a table below the line, its heading selected', () =>
    expect(shown(table(at('怎么⟨⟩算\n后面'), ['情形', '处理']))).toBe(
      '怎么算\n\n| ⟨情形⟩ | 处理 |\n| --- | --- |\n|  |  |\n\n后面',
    ))

  it('link to an entry with the words selected, or its title', () => {
    expect(entryLink(at('见⟨赔偿办法⟩'), 7, '家电赔偿').text).toBe('见[赔偿办法](entry:7)')
    expect(entryLink(at('见⟨⟩'), 7, '家[电]赔偿').text).toBe('见[家 电 赔偿](entry:7)')
  })

  it('quote a source with where it is from', () =>
    expect(shown(quote(at('⟨⟩'), '《办法》第九条', '原文'))).toBe('> ⟨原文⟩\n>\n> ——《办法》第九条'))
})
