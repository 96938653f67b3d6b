import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { area } from '../../web/desk/call.ts'
import { keepDraft, restoreDraft } from '../../web/desk/draft.ts'
import { category, clearFilters, kind, text } from '../../web/desk/search.ts'

let stop = () => {}

beforeEach(() => {
  sessionStorage.clear()
  stop = keepDraft()
})
afterEach(() => {
  stop()
  text.value = ''
  area.value = ''
  clearFilters()
})

describe('the draft of the desk', () => {
  it('survives a reload', async () => {
    text.value = '电压不稳家电烧了'
    kind.value = 'answer'
    category.value = '供电可靠'
    area.value = '东城区'
    await nextTick()
    stop()
    text.value = area.value = ''
    clearFilters()
    expect(restoreDraft()).toMatchObject({ text: '电压不稳家电烧了', shown: null })
    expect([text.value, kind.value, category.value, area.value]).toEqual([
      '电压不稳家电烧了',
      'answer',
      '供电可靠',
      '东城区',
    ])
  })

  it('is not trusted when it is broken or from another version', () => {
    for (const kept of ['{', '[]', '"停电"', '{"text":1}', 'null']) {
      sessionStorage.setItem('firstline.desk', kept)
      expect(restoreDraft()).toBeNull()
    }
    sessionStorage.setItem(
      'firstline.desk',
      JSON.stringify({ text: '停电', area: '', kind: 'nonsense', category: 'x' }),
    )
    restoreDraft()
    expect([kind.value, category.value]).toEqual(['', ''])
  })
})
