import { describe, expect, it } from 'vitest'
import type { TellingField } from '#server/platform/engine/meilisearch/documents.ts'
import { rescored, type Proposed } from '#server/platform/engine/meilisearch/rescoring.ts'
import { unitsOf } from '#server/platform/engine/meilisearch/units.ts'
import { fold } from '#server/platform/text/fold.ts'
import { analyseQuery } from '#server/platform/text/query.ts'
import { SETTINGS } from './library.ts'

const FIELDS: TellingField[] = [
  { name: 'title', weight: 3, lengthDiscount: 0.3, initials: true },
  { name: 'say', weight: 1, lengthDiscount: 0.5, initials: false },
]

/** The keys in order; documents as `key: title / say`, each found by the server with a weight. */
function order(query: string, documents: Record<string, [title: string, say: string, weight: number]>) {
  const proposed = Object.entries(documents).map(([key, [title, say, weight]]): Proposed => {
    return { key, text: [title, say].map(text => fold(text).text), weight }
  })
  const known = (gram: number) =>
    proposed.some(({ text }) => text.join('\n').includes(String.fromCharCode(gram >>> 16, gram & 0xffff)))
      ? 5
      : 0
  const units = unitsOf(analyseQuery(query, SETTINGS.lexicon), known, 100)
  return rescored(proposed, units, FIELDS).map(one => one.key)
}

describe('rescoring', () => {
  it('puts first what gives most of the query, whatever combination the server met', () => {
    const found = order('搬家后过户要带房产证吗', {
      part: ['过户要多久', '三个工作日', 0.9],
      most: ['搬家后怎么过户', '带上房产证', 0.2],
    })
    expect(found).toEqual(['most', 'part'])
  })

  it('counts a weightier field more, and a long text less', () => {
    const found = order('过户', {
      long: ['办理说明'.repeat(20), `过户${'以及其他业务的办理说明'.repeat(20)}`, 0.5],
      short: ['办理说明'.repeat(20), '过户的办理说明', 0.5],
      title: ['过户的办理说明', '三个工作日', 0.5],
    })
    expect(found).toEqual(['title', 'short', 'long'])
  })

  it('hears what no text has as it is written', () => {
    const found = order('过互', { other: ['停电', '怎么办', 0.5], heard: ['过户', '怎么办', 0.5] })
    expect(found).toEqual(['heard', 'other'])
  })

  it.each(['guohu', 'guoh', 'gh'])('finds by pinyin: %s', typed => {
    const found = order(typed, { other: ['停电公告', '怎么办', 0.5], spelled: ['过户', '怎么办', 0.5] })
    expect(found).toEqual(['spelled', 'other'])
  })

  it('leaves a number typed wrong, which no text has, to the server', () => {
    const found = order('12389投诉', {
      plain: ['投诉要多久', '投诉三个工作日', 0.1],
      meant: ['12398是什么', '能源监管投诉举报', 0.9],
    })
    expect(found).toEqual(['meant', 'plain'])
  })

  it('keeps the order of the server among equals', () => {
    const same: [string, string, number] = ['过户', '三个工作日', 0.5]
    expect(order('过户', { b: same, a: same, c: same })).toEqual(['b', 'a', 'c'])
  })
})
