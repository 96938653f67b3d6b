import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { QuestionOutlook } from '#server/contract/question.ts'
import { NearQuestions } from '#server/questions/near.ts'
import { makeApp, type Client, type TestApp } from '../support/app.ts'
import { putOpen } from './askings.ts'
import { raise } from './journey.ts'

const THINGS = ['电表', '变压器', '电杆', '光伏', '充电桩', '发票', '户名', '容量', '空开', '表箱']
const DEEDS = ['找谁修', '归谁管', '怎么改', '什么时候换', '要多少钱', '带哪些材料']
/** More than are put in at once. */
const TEXTS = THINGS.flatMap(thing => DEEDS.map(deed => `${thing}${deed}`))

let t: TestApp
let agent: Client
let path: string
beforeEach(async () => {
  path = join(mkdtempSync(join(tmpdir(), 'firstline-near-')), 'firstline.db')
  const before = await makeApp({ path })
  const { id: personId } = await before.signIn('agent')
  putOpen(before.db, personId, TEXTS)
  await before.close()
})
afterEach(async () => {
  vi.restoreAllMocks()
  await t.close()
})

const start = async (): Promise<void> => {
  t = await makeApp({ path })
  agent = await t.signIn('agent')
}
const candidatesOf = async (text: string) =>
  (await agent.post('/api/question-outlooks', { text })).json<QuestionOutlook>().candidates

describe('while the open questions are put into their index', () => {
  it('the service has started and answers; who asks what is near waits and hears all of it', async () => {
    const gate = Promise.withResolvers<void>()
    const follow = NearQuestions.prototype.follow
    vi.spyOn(NearQuestions.prototype, 'follow').mockImplementation(async function (this: NearQuestions) {
      await gate.promise
      await follow.call(this)
    })
    await start()
    let isTold = false
    const asking = candidatesOf('充电桩归谁管呢').finally(() => (isTold = true))
    const supervisor = await t.signIn('supervisor')
    expect((await agent.get(`/api/search?q=${encodeURIComponent('停电')}`)).statusCode).toBe(200)
    const gone = TEXTS.indexOf('充电桩找谁修') + 1
    const refusing = await supervisor.post(`/api/questions/${gone}/refusal`, { reason: '不归供电' })
    expect(refusing.statusCode).toBe(200)
    const raising = raise(agent, '充电桩归谁管，物业说不管')
    const open = async () => (await supervisor.get('/api/questions?state=open')).json().total
    await vi.waitFor(async () => expect(await open()).toBe(TEXTS.length))
    expect(isTold).toBe(false)
    gate.resolve()
    const { id } = await raising
    const near = (await asking).map(one => one.id)
    expect(near[0]).toBe(TEXTS.indexOf('充电桩归谁管') + 1)
    expect(near).toContain(id)
    expect(near).not.toContain(gone)
    expect((await candidatesOf('充电桩找谁修')).map(one => one.id)).not.toContain(gone)
  })

  it('a fault is over when somebody asks again', async () => {
    await start()
    let isBroken = true
    const db = new Proxy(t.db, {
      get(target, name) {
        if (isBroken) throw new Error('the disk is gone')
        return Reflect.get(target, name) as unknown
      },
    })
    const nearest = new NearQuestions({ db, lexicon: t.deps.lexicon })
    await expect(nearest.near('电表归谁管')).rejects.toThrow('the disk is gone')
    isBroken = false
    expect((await nearest.near('电表归谁管'))[0]).toMatchObject({ text: '电表归谁管', likeness: 1 })
    await nearest.close()
  })
})

it('a question near a text says how many calls asked it', async () => {
  await start()
  await raise(agent, '电表找谁修', { mergeInto: 1 })
  await raise(agent, '家里电表坏了到底找谁修', { mergeInto: 1 })
  expect((await candidatesOf('电表找谁修'))[0]).toMatchObject({ id: 1, count: 3 })
})
