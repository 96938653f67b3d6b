import { describe, expect, it } from 'vitest'
import { hintsIn, inPlainWords } from '../../../web/entries/hints.ts'

const quotes = (say: string) => hintsIn(say).map(hint => `${hint.kind} ${hint.quote}`)

describe('hints on a spoken text', () => {
  it('name words a caller does not know, with what to say instead', () => {
    const [hint] = hintsIn('您这个台区的变压器在检修。')
    expect(hint).toEqual({ kind: 'jargon', quote: '台区', instead: '给您这一片供电的变压器' })
    expect(inPlainWords('您这个台区停了。', { quote: '台区', instead: '小区' })).toBe('您这个小区停了。')
  })

  it('find a term in any width and case', () =>
    expect(quotes('ｅｒｔ还没有，sla是两小时。')).toEqual(['jargon ERT', 'jargon sla']))

  it('let a term pass that is explained at once', () => {
    expect(quotes('重合闸（线路自动恢复送电）正在动作。')).toEqual([])
    expect(quotes('产权分界点，就是您家和我们各管一段的分界处。')).toEqual([])
  })

  it.each([
    ['我保证今晚来电。', '保证'],
    ['今晚一定来电。', '一定'],
    ['最多十分钟就好。', '最多十分钟'],
    ['这个肯定赔。', '肯定赔'],
    ['马上就来电。', '马上就来电'],
  ])('call “%s” a promise', (say, quote) => expect(quotes(say)).toEqual([`promise ${quote}`]))

  it.each([
    '这个时间我不能保证。',
    '保证金原路退回。',
    '您一定要远离断线。',
    '赔偿不一定按原价。',
    '绝对不要去碰电线。',
  ])('let “%s” pass', say => expect(quotes(say)).toEqual([]))

  it('tell a promise beside a harmless twin', () =>
    expect(quotes('您一定要远离断线，我们一定修好。')).toEqual(['promise 一定']))

  it('notice a stretch too long for one breath', () => {
    const long = '从损坏那天起七天之内您打电话或者到营业厅或者在网上告诉我们都算是有效的申请'
    expect(quotes(`${long}。`)).toEqual(['breath 从损坏那天起七天之内…'])
    expect(quotes('从损坏那天起，七天之内告诉我们，都有效。')).toEqual([])
  })
})
