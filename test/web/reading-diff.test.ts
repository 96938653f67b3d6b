import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { DiffPart, FieldDiff } from '#server/contract/diff.ts'
import { i18n } from '../../web/app/i18n.ts'
import FieldDiffs from '../../web/reading/FieldDiffs.vue'
import { extentOf, isAllNew, linesOf, rowsOf } from '../../web/reading/diff.ts'

const same = (text: string): DiffPart => ({ op: 'same', text })
const added = (text: string): DiffPart => ({ op: 'added', text })
const removed = (text: string): DiffPart => ({ op: 'removed', text })
const show = (...diff: FieldDiff[]) => mount(FieldDiffs, { props: { diff }, global: { plugins: [i18n] } })

describe('a comparison', () => {
  it('is cut into lines, empty ones left out', () => {
    const lines = linesOf([same('甲\n\n乙'), added('丙\n丁'), removed('戊')])
    expect(lines.map(line => line.parts.map(part => part.text).join(''))).toEqual(['甲', '乙丙', '丁戊'])
    expect(lines.map(line => line.changed)).toEqual([false, true, true])
  })

  it('puts unchanged lines aside that are far from any change, and loses none', () => {
    const rows = rowsOf([same('一\n二\n三\n四\n五\n'), added('新\n'), same('六\n七')])
    expect(rows.map(row => row.kind)).toEqual(['gap', 'line', 'line', 'line', 'line'])
    const lines = rows.flatMap(row => (row.kind === 'gap' ? row.lines : [row.line]))
    expect(lines.map(line => line.parts[0]?.text)).toEqual(['一', '二', '三', '四', '五', '新', '六', '七'])
  })

  it('knows what is wholly new and how much came and went', () => {
    expect(isAllNew([{ field: 'say', parts: [added('新')] }])).toBe(true)
    expect(isAllNew([{ field: 'say', parts: [added('新'), same('旧')] }])).toBe(false)
    expect(isAllNew([])).toBe(false)
    expect(extentOf([{ field: 'say', parts: [added('新的'), removed('旧')] }])).toEqual({
      added: 2,
      removed: 1,
    })
  })

  it('is shown as ins and del under the name of its field', () => {
    const shown = show({ field: 'say', parts: [same('请'), removed('您'), added('先断电')] })
    expect(shown.find('h3').text()).toBe('口径')
    expect(shown.find('del').text()).toBe('您')
    expect(shown.find('ins').text()).toBe('先断电')
    expect(shown.find('p').text()).toBe('请您先断电')
  })

  it('words what is a choice and not a text', () => {
    const shown = show({ field: 'kind', parts: [removed('rule'), added('answer')] })
    expect(shown.find('del').text()).toBe('法规制度')
    expect(shown.find('ins').text()).toBe('标准答案')
  })

  it('shows what was put aside when asked', async () => {
    const shown = show({ field: 'body', parts: [added('新\n'), same('一\n二\n三\n四\n五')] })
    expect(shown.text()).not.toContain('五')
    await shown.find('button').trigger('click')
    expect(shown.text()).toContain('五')
  })
})
