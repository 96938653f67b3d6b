import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { makeApp, type TestApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'
import { openDesk, signInAs, type Desk } from '../support/desk.ts'
import { refuseDocument } from '../support/meilisearch/refusing.ts'
import { MASTER_KEY, startStub, type Stub } from '../support/meilisearch/stub.ts'
import { buildPage } from '../support/service.ts'
import { lookAt } from '../support/violations.ts'

let stub: Stub
let t: TestApp
let browser: Browser
let address: string
let take: () => void
let refused: string
const open: Desk[] = []

// a few documents, so that the stub, which is slow, is slow about little
beforeAll(async () => {
  buildPage()
  stub = await startStub()
  const clock = {
    get now() {
      return Date.now()
    },
  }
  t = await makeApp({ clock, meili: { url: stub.url, key: MASTER_KEY } })
  for (const word of ['停电', '电表', '过户'])
    t.build.entry({ standardQuestion: `${word}怎么赔偿？`, similarQuestions: [] })
  refused = `entry:${t.build.entry({ standardQuestion: '移表要收钱吗？', similarQuestions: [] })}`
  take = refuseDocument(stub, refused)
  address = await t.app.listen({ host: '127.0.0.1', port: 0 })
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  await t?.close()
  await stub?.kill()
})

afterEach(async () => {
  const faults = open.flatMap(desk => desk.faults)
  for (const desk of open.splice(0)) await desk.close()
  expect(faults).toEqual([])
})

async function window(path: string, persona: string): Promise<Page> {
  const desk = await openDesk(browser, { address }, path, { reducedMotion: 'reduce' })
  open.push(desk)
  await signInAs(desk.page, persona)
  await desk.page.locator('.bell').waitFor()
  return desk.page
}

it('the engine outside is killed: agents find what they seek under a mark that goes by itself, supervisors read why', async () => {
  const agent = await window('/desk', 'agent')
  const supervisor = await window('/system', 'supervisor')
  const found: Record<string, string[]> = {}
  const mark = agent.locator('.connection').getByText('检索降级')
  const line = agent.locator('.list-state').getByText('备用引擎在作答')
  const state = (words: string) => supervisor.locator('.engine-state .state').getByText(words).waitFor()
  await state('由 Meilisearch 作答')
  await mark.waitFor({ state: 'detached' })

  await stub.kill()
  await agent.locator('#desk-box').fill('停电赔偿')
  await agent.locator('.hit mark').first().waitFor()
  await mark.waitFor()
  await line.waitFor()
  await state('用不了')
  await supervisor.getByText('没有程序应答').waitFor()
  await supervisor.keyboard.press('ArrowDown')
  await supervisor.locator('.set-aside a:focus').waitFor()
  await lookAt(supervisor, 'the state of the system', found, ['dark'])
  expect(Object.values(found).flat()).toEqual([])

  take()
  await stub.start()
  await mark.waitFor({ state: 'detached' })
  await line.waitFor({ state: 'detached' })
  await state('由 Meilisearch 作答')
  const attempt = supervisor.waitForRequest(request => request.method() === 'POST')
  await supervisor.keyboard.press('t')
  expect((await attempt).url()).toMatch(/\/api\/engine\/set-aside\/\d+\/attempts$/u)
  await supervisor.getByText('没有搁置的内容').waitFor()
  expect(stub.store.keysOf('firstline')).toContain(refused)
})
