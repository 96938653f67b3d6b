import { describe, expect, it } from 'vitest'
import { rulesIn } from './context.ts'

/** 21:30 in China, on 31 July. */
const notice = { estimate: Date.parse('2026-07-31T13:30:00Z'), nextUpdateAt: null }

describe('a time of restoration', () => {
  it.each([
    '今晚八点前来电。',
    '两小时内恢复供电。',
    '半个小时就好。',
    '您再等二十分钟，电就来了。',
    '明天早上就有电了。',
    '最多到半夜，电就送过去了。',
    '晚上七点前您家灯准亮。',
    '您看完新闻联播电就回来了。',
    '恢复时间是22点。',
  ])('must be held by the notice: %s', text => expect(rulesIn(text)).toContain('promise.time'))

  it.each([
    '20:30前把进展发给您。',
    '十分钟后我给您回电话。',
    '预计{通知.预计恢复}恢复供电。',
    '我不能说两小时内就能恢复。',
    '您希望八点前来电，我记下了。',
    '要是九点还没来电，我给您打过去。',
    '昨晚八点已经恢复过一次，是吗？',
    '您七点来电反映的事，我看到了。',
    '有一点复杂，恢复以后告诉您。',
    '来电以后过五分钟再开空调。',
    '师傅说半小时后换班，送电的时间他没说。',
  ])('is not what this tells: %s', text => expect(rulesIn(text)).toEqual([]))

  it('may be told when the notice holds it, and no other', () => {
    expect(rulesIn('预计21:30恢复供电。', 5, { notice })).toEqual([])
    expect(rulesIn('预计今晚九点半恢复供电。', 5, { notice })).toEqual([])
    expect(rulesIn('预计22:00恢复供电。', 5, { notice })).toEqual(['promise.time'])
    expect(rulesIn('预计上午九点半恢复供电。', 5, { notice })).toEqual(['promise.time'])
  })

  it.each([
    '预计今天晚上九点半恢复供电。',
    '预计今晚大概九点半恢复供电。',
    '预计31号21:30恢复供电。',
    '预计7月31日晚上九点半恢复供电。',
    '预计九点半恢复供电。',
  ])('is that of the notice on the day of the notice: %s', text =>
    expect(rulesIn(text, 5, { notice, now: Date.parse('2026-07-31T02:00:00Z') })).toEqual([]),
  )

  it.each([
    '预计明天晚上九点半恢复供电。',
    '预计明晚大概九点半恢复供电。',
    '预计后天21:30恢复供电。',
    '预计8月1日晚上九点半恢复供电。',
    '预计30号21:30恢复供电。',
  ])('is another on another day: %s', text =>
    expect(rulesIn(text, 5, { notice, now: Date.parse('2026-07-31T02:00:00Z') })).toEqual(['promise.time']),
  )

  it('of the day after is that of the notice when the call is the day before', () => {
    const now = Date.parse('2026-07-30T15:00:00Z')
    expect(rulesIn('预计明天晚上九点半恢复供电。', 5, { notice, now })).toEqual([])
    expect(rulesIn('预计今天晚上九点半恢复供电。', 5, { notice, now })).toEqual(['promise.time'])
  })

  it('after midnight belongs to the night it is said of', () => {
    const late = { estimate: Date.parse('2026-07-31T17:00:00Z'), nextUpdateAt: null }
    const context = { notice: late, now: Date.parse('2026-07-31T14:00:00Z') }
    expect(rulesIn('预计今晚一点恢复供电。', 5, context)).toEqual([])
    expect(rulesIn('预计明天凌晨一点恢复供电。', 5, context)).toEqual([])
    expect(rulesIn('预计明晚一点恢复供电。', 5, context)).toEqual(['promise.time'])
    expect(rulesIn('预计明天中午一点恢复供电。', 5, context)).toEqual(['promise.time'])
  })
})

describe('a time of arrival', () => {
  it.each([
    '师傅45分钟内到场。',
    '两个小时内准到。',
    '承诺90分钟到现场。',
    '师傅二十分钟到。',
    '90分钟到不了，我给您赔。',
    '按规定四十五分钟得到，他们不敢晚。',
  ])('is an average: %s', text => expect(rulesIn(text)).toContain('promise.average'))
  it.each([
    '到场平均45分钟，不是保证。',
    '城区一般45分钟左右能到。',
    '您说45分钟了还没到，我催一下。',
    '师傅四十分钟前就到现场了。',
    '我不敢说一小时内到场。',
  ])('may be told as one: %s', text => expect(rulesIn(text)).not.toContain('promise.average'))
})

describe('a sum of money', () => {
  it('above what an agent may grant needs the number of an approval', () => {
    expect(rulesIn('我们给您补偿五千元。', 8)).toContain('amount.unauthorised')
    expect(rulesIn('退给您5000块。', 8)).toContain('amount.unauthorised')
    expect(rulesIn('冰箱两千八，照价给您赔。', 8)).toContain('amount.unauthorised')
    expect(rulesIn('这三百六的违约金我给您免了。', 8)).toContain('amount.unauthorised')
    expect(rulesIn('冰箱两千八，怎么赔要等核定。', 8)).toEqual([])
    expect(rulesIn('给您补偿150元。', 8)).toEqual([])
    expect(rulesIn('经审批号 SP-31 同意，给您减免300元。', 8)).toEqual([])
    expect(rulesIn('您要求赔偿5000元，我写上。', 8)).toEqual([])
    expect(rulesIn('这个月电费是580元。', 8)).toEqual([])
  })
})

describe('quotes', () => {
  it.each([
    ['quote.gone', '[[entry:gone@1]]'],
    ['quote.changed', '[[entry:changed@1]]'],
    ['quote.unknown', '[[entry:nowhere@1]]'],
    ['quote.unknown', '[[什么]]'],
    ['quote.other-company', '[[entry:south@1]]'],
    ['figure.differs', '到场平均60分钟，[[entry:arrival@1]]'],
    ['figure.differs', '七个工作日内提出，[[entry:claim@1]]'],
    ['variable.unknown', '{客户.姓名}您好。'],
  ])('%s: %s', (rule, text) => expect(rulesIn(text)).toEqual([rule]))

  it.each([
    '[[entry:arrival@1]]',
    '[[notice:active]]',
    '七天内提出，[[entry:claim@1]]',
    '城区平均45分钟，[[entry:arrival@1]]，我10分钟后回您电话。',
    '{客户.称呼}您好。',
  ])('stand: %s', text => expect(rulesIn(text)).toEqual([]))

  it('of one company are a warning in a script for every one', () => {
    expect(rulesIn('[[entry:south@1]]', 5, { company: undefined })).toEqual(['quote.other-company'])
    expect(rulesIn('[[entry:south@1]]', 5, { company: '南网' })).toEqual([])
  })
})
