import { describe, expect, it } from 'vitest'
import { agentStep, check, rulesIn } from './context.ts'

describe('words that are not to be said', () => {
  it.each([
    ['words.evasive', '这个不归我们管。', '您不用自己处理，我们来。'],
    ['words.evasive', '我不知道。', '不知道您方不方便说一下地址？'],
    ['words.evasive', '這個不歸我們管。', '系统里没有停电记录，我再核实一下。'],
    ['words.impatient', '您急什么？', '您不用急，慢慢说。'],
    ['words.blaming', '您先别激动。', '那台变压器特别吵，我记下了。'],
    ['words.blaming', '不可能，表不会转快。', '换作是我也不可能不着急。'],
    ['words.blaming', '您应该早点交费的。', '按规定应当由供电企业修。'],
    ['words.giving-up', '那您去投诉好了。', '投诉是您的权利，我现在就登记。'],
    ['words.hollow', '我们会尽快处理。', '我们会尽快处理，20:30前给您消息。'],
    ['words.threat', '再骂我就拉黑了。', '您的号码不会被拉黑。'],
    ['words.blocking', '您别打12398了。', '您打12398也可以，不影响我们处理。'],
    ['words.condescending', '连这都不懂？', '您不懂这些很正常，我讲给您听。'],
    ['words.jargon', '您那个台区停了。', '台区就是给您这几栋楼供电的那台变压器。'],
    ['words.danger', '您把电表箱打开看看。', '电表箱请不要自己打开。'],
    ['words.danger', '拿根木棍把断线挑开。', '断了的线千万别碰，也别用木棍去挑。'],
    ['words.selling', '要不您顺便办个套餐？', '我们不会向您推销任何收费项目。'],
    ['promise.absolute', '我保证不再停电。', '我不能保证几点来电。'],
    ['promise.absolute', '您放心，一定能好。', '这个不一定，碰之前一定要先断电，一定程度上看天气。'],
    ['promise.absolute', '马上就来电。', '我马上帮您查。'],
    ['cause.unverified', '肯定是您家里跳闸了。', '还不能说就是您家的问题。'],
  ])('%s: “%s”, but not “%s”', (rule, bad, good) => {
    expect(rulesIn(bad)).toContain(rule)
    expect(rulesIn(good)).not.toContain(rule)
  })

  it('are looked for under full-width and traditional writing, blanks and invisible characters', () => {
    for (const text of ['我保證不停電', '我保 证不停电', '我保\u200b证不停电', '找１２３９８也一样'])
      expect(rulesIn(text), text).not.toEqual([])
  })

  it('are not looked for in what the customer says', () => {
    const lines = [{ speaker: 'customer' as const, text: '你们保证今晚八点前来电吗，这不归你们管归谁管' }]
    expect(check([{ step: 2, lines }]).filter(one => one.line !== undefined)).toEqual([])
  })

  it('may be the words of the customer or of somebody else between quotation marks, never the agent’s own', () => {
    expect(rulesIn('您说的“你们保证过”，我记下了。')).toEqual([])
    expect(rulesIn('您反映窗口对您说“你去投诉好了”，我登记。')).toEqual([])
    expect(rulesIn('我跟您说“保证来电”。')).toContain('promise.absolute')
    expect(rulesIn('“保证来电”。')).toContain('promise.absolute')
  })

  it('are named as they were written, with why, where from and what to say instead', () => {
    const [found] = check([agentStep(2, '您放心，我保 證修好。')]).filter(one => one.line === 0)
    expect(found).toMatchObject({
      step: 2,
      line: 0,
      severity: 'error',
      rule: 'promise.absolute',
      quote: '保 證修好',
      source: expect.stringContaining('绝对承诺'),
      instead: expect.stringContaining('{通知.下次更新}'),
    })
    expect(found?.message).toContain('保 證')
  })

  it('are found in the lines of branches too', () => {
    const branch = {
      ifSays: '几点来电？',
      lines: [{ speaker: 'agent' as const, text: '马上就来电。' }],
      to: 6,
    }
    const found = check([{ ...agentStep(5, '20:30前给您消息。'), branches: [branch] }])
    expect(found).toContainEqual(expect.objectContaining({ branch: 0, line: 0, rule: 'promise.absolute' }))
  })
})
