import { describe, expect, it } from 'vitest'
import { STEP_NUMBERS } from '#server/contract/script-lists.ts'
import { agentStep, check, contextWith, rulesOf } from './context.ts'
import { checkScript } from '#server/scripts/index.ts'

const rules = (step: number, ...texts: string[]) => rulesOf(check([agentStep(step, ...texts)]))

const opened = (answer: string) =>
  rulesOf(
    check([
      {
        step: 1,
        lines: [
          { speaker: 'customer', text: '有人触电了！' },
          { speaker: 'agent', text: answer },
        ],
      },
    ]),
  )

const wireBranch = (text: string) => ({
  ifSays: '线掉下来冒火了',
  lines: [{ speaker: 'agent' as const, text }],
  to: 2,
})

const rows = (first: string) => [
  { 原话: '赔钱', 层: '赔偿', 优先: first === '赔偿' ? '1' : '2', 可办性: '需批', 责任部门: '市场' },
  { 原话: '插座冒烟', 层: '安全', 优先: first === '安全' ? '1' : '2', 可办性: '可办', 责任部门: '运行' },
]

const demand = { 原话: '退钱', 层: '诉求', 优先: '1', 可办性: '可办', 责任部门: '市场' }
const demands = (...value: Record<string, string>[]) =>
  rulesOf(check([{ step: 2, fields: [{ name: '诉求', value }] }]))

const option = { 利益: '省事', 动作: '回电', 责任人: '坐席', 时限: '今晚', 条件: '无' }
const options = (value: Record<string, string>[]) =>
  rulesOf(
    check([
      {
        step: 8,
        fields: [
          { name: '选项', value },
          { name: '推荐项', value: '一' },
          { name: '客户确认句', value: '哪种？' },
        ],
      },
    ]),
  )

const branch = (to: number | 'end') => ({ ifSays: '不行', lines: [], to })

const atWire = (text: string) => rulesOf(check([{ step: 3, branches: [wireBranch(text)] }]))

const demandsFrom = (first: string) =>
  rulesOf(check([{ step: 2, fields: [{ name: '诉求', value: rows(first) }] }]))

describe('what a step must hold', () => {
  it.each([
    ['empathy.missing', 1, '请报一下地址，什么时候停的？', '家里黑着，您着急我理解，什么时候停的？'],
    ['question.missing', 3, '我正在看记录。', '我正在看记录，您那边看到什么？'],
    ['action.missing', 3, '您那边看到什么？', '我正在看记录，您那边看到什么？'],
    ['update.missing', 5, '故障点还没找到。', '故障点还没找到，{通知.下次更新}前给您消息。'],
    ['alternative.missing', 5, '这个我们做不到。', '这个我们做不到，您可以先用备用灯。'],
    ['option.incomplete', 8, '一种是等，一种是再等。', '一种是师傅明天上门，一种是我20:30回您。'],
    ['return.missing', 7, '先说别的。', '登记了，编号{登记.编号}，待会儿再回到赔偿。'],
    ['thanks.missing', 9, '还有没有别的没解决的？', '谢谢您，还有没有别的没解决的？'],
    ['closing-question.missing', 9, '谢谢您。', '谢谢您，还有没有别的没解决的？'],
    ['length.key-sentence', 4, '抢修'.repeat(31), '抢修'.repeat(30)],
    ['quote.missing', 6, '按《供电营业规则》办。', '按《供电营业规则》办，[[entry:claim@1]]'],
  ])('%s', (rule, step, bad, good) => {
    expect(rules(step, bad)).toContain(rule)
    expect(rules(step, good)).not.toContain(rule)
  })

  it('is asked for by the guide of the step: without one, its words alone are checked', () => {
    expect(rulesOf(check([agentStep(5, '故障点还没找到。')], { guides: new Map() }))).toEqual([])
  })

  it('until when damage can be claimed is never kept back', () => {
    const says = { speaker: 'customer' as const, text: '我家冰箱烧坏了！' }
    const registered = '赔偿登记了，{登记.回复时间}前回您，谈赔偿。'
    const step = (text: string) => ({ step: 7, lines: [says, { speaker: 'agent' as const, text }] })
    expect(rulesOf(check([step(registered)]))).toEqual(['claim.period-missing'])
    expect(rulesOf(check([step(`${registered}七天内提出都算数。`)]))).toEqual([])
  })
})

describe('danger to people', () => {
  it('is answered with safety first', () => {
    expect(opened('我理解您着急，先报一下地址，在哪？')).toContain('safety.not-first')
    expect(opened('我理解您着急，先别碰他，打120，在哪？')).not.toContain('safety.not-first')
    expect(opened('[[entry:wire@1]]')).not.toContain('safety.not-first')
  })

  it('in a branch is answered there', () => {
    expect(atWire('我记一下。')).toContain('safety.not-first')
    expect(atWire('您先离远一点。')).toEqual([])
  })

  it('that is only asked about is none', () => {
    expect(rules(3, '我正在看记录，您那边有没有焦味、冒火或线掉下来？')).toEqual([])
  })

  it('comes first among the demands', () => {
    expect(demandsFrom('赔偿')).toEqual(['safety.not-first'])
    expect(demandsFrom('安全')).toEqual([])
  })

  it('is not acquitted by how another line ends', () => {
    const told = ['昨天就没有', '触电的人躺在地上'].map(text => ({ speaker: 'customer' as const, text }))
    const row = { 原话: '赔偿', 层: '赔偿', 优先: '1' }
    const found = check([
      { step: 2, fields: [{ name: '诉求', value: [row] }] },
      { step: 4, lines: told },
    ])
    expect(found.filter(one => one.field === '诉求').map(one => one.rule)).toContain('safety.not-first')
  })
})

describe('fields', () => {
  it('are checked only where a step brings them', () => {
    expect(rulesOf(check([{ step: 2 }]))).toEqual([])
    expect(rulesOf(check([{ step: 2, fields: [] }]))).toEqual(['field.required'])
  })
  it('field.few, priority.twice, rows.incomplete and what cannot be done without another way', () => {
    expect(demands(demand)).toEqual(['field.few'])
    expect(demands(demand, { ...demand, 原话: '道歉' })).toEqual(['priority.twice'])
    expect(demands(demand, { ...demand, 优先: '2', 责任部门: ' ' })).toEqual(['rows.incomplete'])
    expect(demands(demand, { ...demand, 优先: '2', 可办性: '不可办' })).toEqual(['alternative.missing'])
    expect(demands(demand, { ...demand, 优先: '2', 可办性: '不可办', 替代办法: '先缓交' })).toEqual([])
  })
  it('option.incomplete and field.many', () => {
    expect(options([option, option])).toEqual([])
    expect(options([option, { ...option, 时限: '' }])).toEqual(['option.incomplete'])
    expect(options([option, option, option, option, option])).toEqual(['field.many'])
  })
})

describe('the way of a call', () => {
  it('leads somewhere', () => {
    expect(rulesOf(check([{ step: 4, branches: [branch(12)] }]))).toEqual(['branch.nowhere'])
    expect(rulesOf(check([{ step: 4, next: 0 }]))).toContain('branch.nowhere')
    expect(rulesOf(check([{ step: 4, branches: [branch(9), branch('end'), branch(4)] }]))).toEqual([])
  })
  it('comes to an end', () => {
    expect(
      rulesOf(
        check([
          { step: 4, next: 5 },
          { step: 5, next: 4 },
        ]),
      ),
    ).toEqual(['flow.no-exit', 'flow.no-exit'])
    expect(
      rulesOf(
        check([
          { step: 4, next: 5 },
          { step: 5, next: 4, branches: [branch('end')] },
        ]),
      ),
    ).toEqual([])
  })
  it('comes by each step', () => {
    expect(rulesOf(check([{ step: 1, next: 3 }, { step: 2 }, { step: 3 }]))).toEqual(['flow.unreachable'])
  })
  it('has all nine steps, each with something to say, when all of a script is there', () => {
    const eight = STEP_NUMBERS.slice(0, 8).map(step => ({ step, lines: [] }))
    const found = rulesOf(check(eight, { whole: true, guides: new Map() }))
    expect(found.filter(rule => rule === 'step.missing')).toHaveLength(1)
    expect(found.filter(rule => rule === 'step.empty')).toHaveLength(8)
    expect(rulesOf(check(eight, { guides: new Map() }))).toEqual([])
  })
})

it('a step that takes too long to read aloud is a speech', () => {
  expect(rules(2, '停电的事我们一起看。'.repeat(41))).toContain('step.long')
  expect(rules(2, '停电的事我们一起看。'.repeat(39))).not.toContain('step.long')
})

it('a warning stands with a word of reason for its rule in its step; an error never does', () => {
  const reasons = ['question.missing', 'promise.absolute'].map(rule => ({
    step: 3,
    rule,
    reason: '客户已经说完',
  }))
  const script = { steps: [agentStep(3, '我正在看，保证没事。')], reasons }
  const found = checkScript(script, contextWith()).map(one => [one.rule, one.reasoned])
  expect(found).toEqual([
    ['promise.absolute', undefined],
    ['question.missing', true],
  ])
  const blank = { ...script, reasons: reasons.map(one => ({ ...one, reason: ' ' })) }
  expect(checkScript(blank, contextWith()).every(one => !one.reasoned)).toBe(true)
})
