import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import Marked from '../../web/ui/Marked.vue'
import { piecesOf } from '../../web/ui/ranges.ts'

/** The text with its marks in brackets; `ranges` as in '0-2 4-6'. */
const marked = (text: string, ranges: string) =>
  piecesOf(text, rangesOf(ranges))
    .map(piece => (piece.marked ? `[${piece.text}]` : piece.text))
    .join('')
const rangesOf = (ranges: string) =>
  [...ranges.matchAll(/(\d+)-(\d+)/gu)].map(([, from, to]) => [Number(from), Number(to)] as const)

describe('highlight ranges', () => {
  it('mark what they hold', () => expect(marked('停电赔偿怎么算', '0-2 2-4')).toBe('[停电][赔偿]怎么算'))
  it('may overlap', () => expect(marked('电压不稳', '0-3 2-4')).toBe('[电压不][稳]'))
  it('may reach beyond the text', () => expect(marked('电费', '1-9 12-15')).toBe('电[费]'))
  it('may be none', () => expect(marked('电费', '')).toBe('电费'))
})

const line = (text: string, ranges: string) =>
  mount({
    components: { Marked },
    data: () => ({ text, ranges: rangesOf(ranges) }),
    template: '<p><Marked :text :ranges /></p>',
  })

describe('marked text on the page', () => {
  it('is never taken for HTML', () => {
    const text = '<img src=x onerror=alert(1)>停电'
    const page = line(text, '28-30')
    expect(page.find('img').exists()).toBe(false)
    expect(page.findAll('mark').map(one => one.text())).toEqual(['停电'])
    expect(page.text()).toBe(text)
  })

  it('gets no blanks between its pieces', () => {
    expect(line('停电赔偿', '0-2').find('p').element.textContent).toBe('停电赔偿')
  })
})
