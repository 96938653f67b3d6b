import { describe, expect, test } from 'vitest'
import { createLexicon } from '#server/platform/text/lexicon.ts'
import { createRank, type Candidate } from '#server/search/ranking.ts'

const lexicon = createLexicon({
  synonyms: [
    ['停电', '没电'],
    ['首次解决率', 'FCR'],
  ],
  framing: ['客户', '反映', '要求', '怎么'],
})
const rank = createRank(lexicon)

function candidate(id: string, topic: string, questions: string[], score = 1): Candidate {
  const [title = '', ...similar] = questions
  return { id, score, fields: { title: [title], similar, topic: [topic], tags: [], say: [] } }
}

const POOL = [
  candidate('1', '停电赔偿', ['停电造成的损失能赔偿吗', '店里停电一天损失谁赔']),
  candidate('2', '过户', ['过户要带什么资料', '房子卖了电表怎么改名字']),
  candidate('3', '家电损坏赔偿', ['家用电器因电压异常损坏怎么赔', '停电把电视烧了']),
  candidate('4', '首次解决率', ['首次解决率怎么算', '坐席的考核指标']),
  candidate('5', '转供电', ['物业电费收得高怎么办', '房东一度电收一块五']),
]
const first = (text: string, pool = POOL) => rank(text, pool).ranked[0]?.id

describe('rank', () => {
  test.each([
    ['停电损失赔偿', '1'],
    ['電視燒了', '3'],
    ['没电了损失谁赔', '1'],
    ['过护要带什么', '2'],
    ['guohu ziliao', '2'],
    ['gh', '2'],
    ['fcr', '4'],
    ['shoucijiejuelv', '4'],
    ['客户反映房东一度电收一块五，要求管一管', '5'],
  ])('%s → entry %s', (text, id) => {
    expect(first(text)).toBe(id)
  })

  test('an exact question beats the same words strewn over an entry', () => {
    const strewn = candidate('6', '其它', ['停电', '一天', '损失', '谁赔', '店里'], 1.2)
    expect(first('店里停电一天损失谁赔', [strewn, ...POOL])).toBe('1')
  })

  test('of candidates alike the engine’s order decides', () => {
    const twins = [candidate('7', '销户', ['怎么销户'], 1), candidate('8', '并户', ['怎么销户'], 2)]
    expect(first('销户', twins)).toBe('8')
  })

  test('of two that fit alike, the one whose kind keeps less of its score comes second', () => {
    const script = { ...candidate('7', '电表', ['客户咬定电表走得快'], 1), worth: 0.9 }
    const answer = candidate('8', '电表', ['客户的电表要换谁出钱'], 1)
    expect(first('客户的电表', [{ ...answer, id: '9', worth: 0.9 }, answer])).toBe('8')
    expect(first('客户咬定电表走得快', [script, answer])).toBe('7')
  })

  test('the first few show different topics when they answer about as well', () => {
    const same = ['a', 'b', 'c'].map(id => candidate(id, '计划停电', ['停电通知'], 1))
    const { ranked } = rank('停电通知', [...same, candidate('d', '停电公告', ['停电通知'], 0.9)])
    expect(ranked.slice(0, 2).map(one => one.id)).toContain('d')
  })

  test('keeps every candidate once, scores falling between 0 and 1', () => {
    for (const text of ['停电', '客户反映停电要求赔偿', 'tdpc', '。', '停', '\ud800', '停'.repeat(10_000)]) {
      const { ranked } = rank(text, POOL)
      const scores = ranked.map(one => one.score)
      expect(ranked.map(one => one.id).toSorted()).toEqual(['1', '2', '3', '4', '5'])
      expect(scores).toEqual(scores.toSorted((one, other) => other - one))
      expect(Math.min(...scores)).toBeGreaterThanOrEqual(0)
      expect(Math.max(...scores)).toBeLessThanOrEqual(1)
    }
  })
})

describe('confident', () => {
  test.each(['停电损失赔偿', '过户要带什么资料', 'guohu', '过护', 'FCR', '没电了损失谁赔'])(
    '%s: yes',
    text => {
      expect(rank(text, POOL).confident).toBe(true)
    },
  )

  test.each(['快递丢了怎么赔', '燃气表不走字', '公积金怎么提取', 'kuaidi', '。', ''])('%s: no', text => {
    expect(rank(text, POOL).confident).toBe(false)
  })

  test('never without candidates', () => {
    expect(rank('停电', [])).toEqual({ ranked: [], confident: false })
  })
})
