import { describe, expect, it } from 'vitest'
import { computed, shallowRef } from 'vue'
import { choiceOf } from '../../../web/ui/choice.ts'
import { allFaults, faultsOf, forgetFaults, noteFaults } from '../../../web/entries/faults.ts'
import { happeningsOf, type RevisionHistory } from '../../../web/entries/history.ts'
import { historyAddress, placeAt, writingAddress } from '../../../web/entries/place.ts'
import { SECTIONS, sectionOf } from '../../../web/entries/sections.ts'
import { REVISION_FIELDS } from '#server/contract/lists.ts'

describe('an address of the screen', () => {
  it('says what is shown', () => {
    expect(placeAt('/entries/tasks')).toEqual({ page: 'list', tab: 'tasks' })
    expect(placeAt('/entries/sources/5')).toEqual({ page: 'list', tab: 'sources', source: 5 })
    expect(placeAt(writingAddress(12))).toEqual({ page: 'writing', revision: 12 })
    expect(placeAt(historyAddress(7))).toEqual({ page: 'history', entry: 7 })
    expect(placeAt('/entries/nonsense/3')).toEqual({ page: 'list', tab: 'mine' })
  })
})

describe('a choice in a list', () => {
  it('stays on its row when the list is read anew, and takes the next when the row is gone', () => {
    const rows = shallowRef<{ id: number }[]>([])
    const choice = choiceOf(
      computed(() => rows.value),
      one => one.id,
    )
    expect(choice.row.value).toBeUndefined()
    rows.value = [{ id: 1 }, { id: 2 }, { id: 3 }]
    choice.move(1)
    rows.value = [{ id: 9 }, { id: 1 }, { id: 2 }, { id: 3 }]
    expect(choice.row.value).toEqual({ id: 2 })
    rows.value = [{ id: 9 }, { id: 1 }, { id: 3 }]
    expect(choice.row.value).toEqual({ id: 3 })
    rows.value = []
    expect(choice.at.value).toBe(-1)
  })
})

describe('faults', () => {
  it('are worded by field, all at once in the order of the form, and go when the field is mended', () => {
    noteFaults([
      { path: 'say', message: 'required' },
      { path: 'basis', message: 'a rule, standard or process must cite its source' },
      { path: 'body.tags', message: 'must NOT have more than 20 items' },
      { path: 'validUntil', message: 'must be in the future' },
      { path: 'topic', message: 'who knows' },
    ])
    expect(allFaults.value.map(one => [one.field, one.key, one.values.count])).toEqual([
      ['say', 'write.fault.required', ''],
      ['basis', 'write.fault.basis', ''],
      ['topic', 'write.fault.other', ''],
      ['validUntil', 'write.fault.past', ''],
      ['tags', 'write.fault.tooMuch', '20'],
    ])
    forgetFaults('say')
    expect([faultsOf('say').length, allFaults.value.length]).toEqual([0, 4])
    noteFaults([])
  })
})

describe('the form', () => {
  it('has every field of a revision in one section', () => {
    for (const field of REVISION_FIELDS) expect(sectionOf(field), field).toBeGreaterThanOrEqual(0)
    expect(SECTIONS.flatMap(one => one.fields)).toHaveLength(REVISION_FIELDS.length)
    expect(SECTIONS.length).toBe(9)
  })
})

const at = (minute: number) => `2026-11-22T02:0${minute}:00.000Z`

describe('what happened to a revision', () => {
  it('is told in the order of time, with who, for whom and why', () => {
    const revision: RevisionHistory = {
      id: 3,
      number: 1,
      title: '停电赔偿',
      state: 'in_force',
      authors: [{ id: 1, name: '陈曦' }],
      createdAt: at(0),
      reviews: [
        {
          id: 9,
          kind: 'publication',
          round: 1,
          state: 'returned',
          opened: { name: '陈曦', at: at(1) },
          votes: [{ name: '赵岚', at: at(2), department: 'market', verdict: 'return', reason: '写明例外' }],
          withdrawal: null,
        },
      ],
      publications: [
        { at: at(3), until: at(4), reason: '台风登陆' },
        { at: at(5), until: null, reason: null },
      ],
    }
    expect(happeningsOf(revision).map(one => [one.kind, one.who, one.reason])).toEqual([
      ['written', '陈曦', undefined],
      ['submitted', '陈曦', undefined],
      ['return', '赵岚', '写明例外'],
      ['fastLane', '', '台风登陆'],
      ['published', '', undefined],
    ])
  })
})
