import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { ReportList, TaskList } from '#server/contract/upkeep.ts'
import { openBrowser } from '../support/browser.ts'
import { expireSessions, openDesk, signInAs, type Desk } from '../support/desk.ts'
import { startService, type Service } from '../support/service.ts'

let service: Service
let browser: Browser
const desks: Desk[] = []

beforeAll(async () => {
  service = await startService()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await service?.remove()
})
afterEach(async () => {
  const faults = desks.flatMap(desk => desk.faults)
  for (const desk of desks.splice(0)) await desk.close()
  expect(faults).toEqual([])
})

async function open(path: string, persona: string, options = {}): Promise<Page> {
  const desk = await openDesk(browser, service, path, options)
  desks.push(desk)
  await signInAs(desk.page, persona)
  return desk.page
}

/** An agent in a call reads the first answer to a search. */
async function reading(options = {}): Promise<Page> {
  const page = await open('/desk', 'agent', options)
  await page.locator('#desk-box:focus').waitFor()
  await page.keyboard.insertText('停电把冰箱烧坏了')
  await page.locator('.hit mark').first().waitFor()
  await page.keyboard.press('Enter')
  await page.locator('main:focus .prose').waitFor()
  return page
}

const get = <T>(page: Page, path: string) =>
  page.evaluate(async url => (await (await fetch(url)).json()) as unknown, path) as Promise<T>
const focused = (page: Page) => page.evaluate<string>('document.activeElement?.id')
const reports = async (page: Page) => (await get<ReportList>(page, '/api/feedback')).reports

it('three keys report an answer, its owner ends the report by key, and the agent reads why', async () => {
  const agent = await reading()
  await agent.keyboard.press('w')
  await agent.keyboard.press('1')
  await agent.keyboard.press('Enter')
  await agent.getByText('已反馈').waitFor()
  expect(await focused(agent)).toBe('desk-answer')
  const [first] = await reports(agent)
  expect(first).toMatchObject({ kind: 'wrong', paragraph: null, words: null, state: 'open' })

  await agent.keyboard.press('w')
  await agent.keyboard.press('ArrowDown')
  await agent.keyboard.press('ArrowDown')
  const quoted = (await agent.locator('.prose > [data-chosen]').textContent())!.trim()
  await agent.keyboard.press('2')
  await agent.keyboard.insertText('客户 13800138000 听不懂')
  await agent.keyboard.press('Enter')
  await expect.poll(async () => (await reports(agent)).length).toBe(2)

  const expert = await open('/entries/tasks', 'expert')
  await expect.poll(() => expert.locator('[role=option]').count()).toBe(2)
  const { tasks } = await get<TaskList>(expert, '/api/tasks')
  expect(tasks[1]).toMatchObject({ words: '客户 ＊＊＊ 听不懂', raisedBy: '林晓' })
  expect(tasks[1]?.quoted?.replaceAll(/\s/gu, '')).toBe(quoted.replaceAll(/\s/gu, ''))
  await expert.keyboard.press('e')
  await expert.locator('dialog textarea:focus').waitFor()
  await expert.keyboard.insertText('七天的时限没有变。')
  await expert.keyboard.press('Control+Enter')
  await expect.poll(() => expert.locator('[role=option]').count()).toBe(1)

  await agent.reload()
  await agent.locator('.reported', { hasText: '七天的时限没有变。' }).waitFor()
})

it('words written while the server is gone or the session over are kept and sent once', async () => {
  const agent = await reading()
  const before = (await reports(agent)).length
  const report = async (words: string) => {
    await agent.keyboard.press('w')
    await agent.keyboard.press('3')
    await agent.keyboard.insertText(words)
    await agent.keyboard.press('Enter')
  }
  await service.restart(async () => {
    await report('断网时写的')
    await agent.getByText('已留在这台电脑').waitFor()
    expect(await focused(agent)).toBe('desk-answer')
  })
  await agent.getByText('已补发').waitFor({ timeout: 60_000 })
  expireSessions(service)
  await report('登录过期时写的')
  await agent.getByRole('dialog', { name: '登录' }).waitFor()
  await signInAs(agent, 'agent')
  await expect
    .poll(async () => (await reports(agent)).map(one => one.words))
    .toEqual(expect.arrayContaining(['登录过期时写的', '断网时写的']))
  expect(await reports(agent)).toHaveLength(before + 2)
})

it('the panel stays in sight where the page scrolls instead of the pane', async () => {
  const page = await reading({ viewport: { width: 900, height: 720 } })
  await page.keyboard.press('w')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('1')
  await page.keyboard.insertText('时限')
  for (const part of ['.feedback', '.prose > [data-chosen]']) {
    const box = (await page.locator(part).boundingBox())!
    expect([part, box.y > 0, box.y + box.height < 720]).toEqual([part, true, true])
  }
})
