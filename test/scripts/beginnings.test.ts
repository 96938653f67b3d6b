import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { ScriptDraft } from '#server/contract/script.ts'
import { laidOnNine, numberedSteps } from '#server/scripts/flows.ts'
import { makeApp, type Client, type TestApp } from '../support/app.ts'
import { refusal } from '../support/committee.ts'
import { answer, approve, raise } from '../questions/journey.ts'
import { publishScript, SCRIPT } from '../support/scripting.ts'

const SIX = `## 六步
|步|做什么|电话里的一句|
|---|---|---|
|1安抚情绪|先接住**气**|“换我也急。”|
|2找明原因|问清事实|“您家几点没电的？”|
|3期望管理|讲清能定的|“八点前给您消息。”|
|4提供方案|给两三个办法|“短信，或者我回电。”|
|5达成一致|请客户选|“那就八点，对吧？”|
|6跟踪落实|到点真的回|“我是刚才说好的……”|

## 别的
|步|电力版|
|---|---|
|3|以礼服人|`

describe('the steps of a flow', () => {
  test('are the rows that begin with their number, or an ordered list', () => {
    expect(numberedSteps(SIX)).toHaveLength(6)
    expect(numberedSteps(SIX)[0]).toBe('安抚情绪：先接住气；“换我也急。”')
    expect(numberedSteps('先看：\n\n1. **接待受理**：问候。\n2. [需求确认](entry:x)：复述。')).toEqual([
      '接待受理：问候。',
      '需求确认：复述。',
    ])
    expect(numberedSteps('1. 只有一步')).toEqual([])
    expect(numberedSteps('|3|以礼服人|充分道歉|\n|7|变诉为金|跟踪服务|')).toEqual([])
    expect(numberedSteps('1. 甲\n\n1. 乙\n2. 丙')).toEqual(['乙', '丙'])
  })

  test.each([
    ['安抚情绪 找明原因 期望管理 提供方案 达成一致 跟踪落实', [1, 4, 5, 8, 8, 9]],
    ['迅速隔离 安抚情绪 以礼服人 搜集信息 给出方案 征求意见 变诉为金', [1, 2, 3, 4, 8, 8, 9]],
    ['接待受理 需求确认 提供方案 达成共识 落实追踪', [1, 4, 8, 8, 9]],
    ['接受 查询 解释澄清 提出解决方案', [1, 4, 5, 8]],
    ['甲 乙 丙 丁', [1, 4, 5, 8]],
    ['给出方案 安抚情绪', [8, 9]],
  ])('of %s go to the steps of their stages', (names, steps) => {
    expect(laidOnNine(names.split(' '))).toEqual(steps)
  })
})

const linesOf = (found: ScriptDraft, step: number) =>
  found.steps?.find(one => one.step === step)?.lines?.map(line => line.text)

describe('a script begins', () => {
  let t: TestApp
  let expert: Client
  beforeEach(async () => {
    t = await makeApp()
    onTestFinished(t.close)
    expert = await t.signIn('expert', 'service')
  })

  const ask = (query: string, client = expert) => client.get(`/api/script-beginnings?${query}`)
  const draft = async (query: string) => (await ask(query)).json<{ draft: ScriptDraft }>().draft

  test('as a copy of one in force, which quotes what is in force now and can be saved as it is', async () => {
    const outage = t.build.entry({}, 'outage')
    const gone = t.build.entry({}, 'gone')
    const lines = [
      { speaker: 'agent' as const, text: '[[entry:outage@1]]，[[entry:gone@1]]，[[notice:active]]' },
    ]
    const steps = [{ step: 1, lines, branches: [{ ifSays: '再说一遍', lines, to: 1 }] }]
    const id = publishScript(t, { steps, basis: [{ sourceId: 1, clause: '第二条' }] })
    t.build.publish(t.build.revision(outage))
    t.build.retire(gone)
    const found = await draft(`scriptId=${id}`)
    const renewed = '[[entry:outage@2]]，[[entry:gone@1]]，[[notice:active]]'
    expect([linesOf(found, 1), found.steps?.[0]?.branches?.[0]?.lines[0]?.text]).toEqual([[renewed], renewed])
    expect(found).toMatchObject({
      title: SCRIPT.title,
      basis: [{ sourceId: 1, clause: '第二条' }],
      class: 'quality',
    })
    expect(found).not.toHaveProperty('ownerDepartment')
    expect((await expert.post('/api/scripts', found)).statusCode).toBe(201)
  })

  test('with the steps of a flow in force and a quote of it, in all nine steps', async () => {
    const id = t.build.entry(
      { kind: 'process', category: '供电服务', topic: '处理流程', body: SIX },
      'flow-six',
    )
    const found = await draft(`entryId=${id}`)
    expect(found.steps?.map(one => one.step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(linesOf(found, 8)).toEqual([
      '提供方案：给两三个办法；“短信，或者我回电。”',
      '达成一致：请客户选；“那就八点，对吧？”',
    ])
    expect([linesOf(found, 2), linesOf(found, 6)]).toEqual([[], ['[[entry:flow-six@1]]']])
    expect(found).toMatchObject({ class: 'service', topic: '处理流程' })
    expect((await expert.post('/api/scripts', found)).statusCode).toBe(201)
  })

  test('with an answered question: the customer’s words, and the answer quoted', async () => {
    const { id } = await raise(await t.signIn('agent'), '我家电话13912345678，光伏阴天发电少了补贴会不会少')
    expect(refusal(await ask(`questionId=${id}`))).toEqual([422, 'script.no_beginning'])
    const { reviewId, entryId } = await answer(expert, id)
    expect(refusal(await ask(`questionId=${id}`))).toEqual([422, 'script.no_beginning'])
    await approve(t, reviewId)
    const found = await draft(`questionId=${id}`)
    expect(linesOf(found, 6)).toEqual([`[[entry:${entryId}@1]]`])
    expect(found.steps?.[0]?.lines).toEqual([
      { speaker: 'customer', text: expect.stringContaining('光伏阴天发电少了') },
    ])
    expect(JSON.stringify(found)).not.toContain('13912345678')
    expect((await expert.post('/api/scripts', found)).statusCode).toBe(201)
    const stranger = await t.signIn('expert', 'safety')
    expect(refusal(await ask(`questionId=${id}`, stranger))).toEqual([404, 'question.not_found'])
  })

  test('with exactly one thing, in force, that has something to begin with; for who may write', async () => {
    const id = publishScript(t)
    for (const query of ['', `scriptId=${id}&entryId=${id}`])
      expect(refusal(await ask(query))).toEqual([400, 'request.invalid'])
    expect(refusal(await ask(`scriptId=${t.build.entry()}`))).toEqual([404, 'script.not_found'])
    expect(refusal(await ask(`entryId=${t.build.draft({ kind: 'process', body: SIX }).entryId}`))).toEqual([
      404,
      'entry.not_found',
    ])
    for (const text of [
      { kind: 'process', body: '没有步骤' },
      { kind: 'answer', body: SIX },
    ] as const)
      expect(refusal(await ask(`entryId=${t.build.entry(text)}`))).toEqual([422, 'script.no_beginning'])
    for (const role of ['agent', 'supervisor', 'admin'] as const)
      expect(refusal(await ask(`scriptId=${id}`, await t.signIn(role)))).toEqual([403, 'right.missing'])
  })
})
