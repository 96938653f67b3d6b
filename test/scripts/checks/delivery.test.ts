import { describe, expect, it } from 'vitest'
import { agentStep, check, rulesOf } from './context.ts'

const sentBy = (channel: string, ...said: string[]) =>
  rulesOf(
    check([{ ...agentStep(4, ...said), fields: [{ name: '渠道', value: channel }] }]).filter(
      one => one.field === '渠道',
    ),
  )

describe('a short message', () => {
  it.each([
    ['短信', '下一次消息八点半前发您手机。'],
    ['电话里先说，再发短信', '我给您打电话说一声，行吗？'],
    ['发信息到手机', '编号我念一遍，您核对一下。'],
    ['先短信后回拨', '号码没有核对也没关系。'],
  ])('needs its number checked: by %s, saying %s', (channel, said) =>
    expect(sentBy(channel, said)).toEqual(['contact.unchecked']),
  )

  it.each([
    ['短信', '就发您打来的这个号码，对吗？'],
    ['短信', '您留的手机号我念一遍，尾号是四四二，没错吧？'],
    ['短信', '发到哪个号码方便？'],
    ['短信，号码当场核对', '八点半前有消息。'],
    ['电话里说', '八点半前有消息。'],
    ['回拨，不发短信', '八点半前有消息。'],
  ])('is left alone: by %s, saying %s', (channel, said) => expect(sentBy(channel, said)).toEqual([]))

  it('is checked anywhere in the script, and told of at the field', () => {
    const step = { ...agentStep(4, '八点半前有消息。'), fields: [{ name: '渠道', value: '短信' }] }
    expect(rulesOf(check([step, agentStep(8, '您的号码还是这个吗？')]))).not.toContain('contact.unchecked')
    const [found] = check([step]).filter(one => one.rule === 'contact.unchecked')
    expect(found).toMatchObject({ step: 4, field: '渠道', severity: 'warning', quote: '短信' })
  })
})
