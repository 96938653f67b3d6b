import Database from 'better-sqlite3'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { chooseIn, compose, openBrowser, tabTo } from '../support/browser.ts'
import { ask, expireSessions, openDesk, signInAs, type Desk } from '../support/desk.ts'
import { startService, type Service } from '../support/service.ts'
import { beginWriting, goToPart, writeIn } from '../support/writing.ts'

let service: Service
let browser: Browser
let desks: Desk[] = []

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
  await Promise.all(desks.map(desk => desk.close()))
  desks = []
  expect(faults).toEqual([])
})

/** Opens a window and signs an expert of a department in there. */
async function expertOf(department: string): Promise<Page> {
  const desk = await openDesk(browser, service, '/')
  desks.push(desk)
  await signInAs(desk.page, 'expert', department)
  return desk.page
}

const saved = (page: Page) => page.locator('.saving-line', { hasText: '已保存' }).waitFor({ timeout: 60_000 })
const box = (page: Page, field: string) => page.locator(`#write-${field}`).inputValue()

/** The draft as the server has it, for the person of the window. */
const stored = (page: Page) =>
  ask<{ say: string; body: string; similarQuestions: string[] }>(
    page,
    'GET',
    `/api/revisions/${draftOf(page)}`,
  )
const draftOf = (page: Page) => Number(page.url().split('/').at(-1))

it('names everything that is missing at once, each a link into its field, and F8 goes from one to the next', async () => {
  const page = await expertOf('service')
  await beginWriting(page)
  await goToPart(page, 'filing')
  await chooseIn(page.locator('#write-kind'), 'rule')
  await page.keyboard.press('Control+Enter')
  await page.locator('.alarms li').first().waitFor()
  await page.locator('#write-standardQuestion:focus').waitFor()
  const links = page.locator('.alarms li a')
  expect(await links.allTextContents()).toEqual([
    '标准问题还没写。',
    '口径还没写。',
    '正文还没写。',
    '法规、标准、流程要写明依据。',
    '主题还没写。',
  ])
  const ids = ['standardQuestion', 'say', 'body', 'basis', 'topic'].map(field => `write-${field}`)
  for (const [index, id] of ids.entries()) {
    await tabTo(links.nth(index), 'Shift+Tab')
    await page.keyboard.press('Enter')
    await page.locator(`#${id}:focus`).waitFor()
  }
  for (const id of ids) {
    await page.keyboard.press('F8')
    await page.locator(`#${id}:focus`).waitFor()
  }
  await writeIn(page, 'say', '先断电，再报修。')
  await expect.poll(() => links.count()).toBe(4)
})

it('loses no character to a dead server, a sign-in that is over and a closed tab', async () => {
  const page = await expertOf('service')
  await beginWriting(page)
  await compose(page, 'tingdian', '停电后冰箱里的药怎么办？')
  await saved(page)
  await service.crash(async () => {
    await goToPart(page, 'say')
    await compose(page, 'xianbie', '先别开冰箱门，')
    await page.locator('.alarm.live', { hasText: '未保存到服务器，已存在本机' }).waitFor()
    await compose(page, 'yaopin', '药品能保四小时。')
  })
  await saved(page)
  expect((await stored(page)).say).toBe('先别开冰箱门，药品能保四小时。')

  expireSessions(service)
  await writeIn(page, 'body', '胰岛素要问医生。')
  await page.getByRole('dialog').waitFor()
  await signInAs(page, 'expert')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await saved(page)
  expect((await stored(page)).body).toBe('胰岛素要问医生。')
  expect(await box(page, 'body')).toBe('胰岛素要问医生。')

  const again = await closedAndOpened(page, () => writeIn(page, 'similar', '停电冰箱的药会坏吗'))
  await again.locator('.alarm', { hasText: '这台电脑上有没存到服务器的文字' }).waitFor()
  await again.keyboard.press('Control+m')
  await again.locator('.merge-page', { hasText: '停电冰箱的药会坏吗' }).waitFor()
  await tabTo(again.getByRole('button', { name: '全用这台电脑上的' }))
  await again.keyboard.press('Enter')
  await again.keyboard.press('Control+Enter')
  await saved(again)
  expect(await stored(again)).toMatchObject({
    say: '先别开冰箱门，药品能保四小时。',
    body: '胰岛素要问医生。',
    similarQuestions: ['停电冰箱的药会坏吗'],
  })
})

/** Cuts the connection, writes, closes the tab at once, and opens the same address in another when the line is back. */
async function closedAndOpened(page: Page, write: () => Promise<void>): Promise<Page> {
  const context = page.context()
  await context.setOffline(true)
  await write()
  const address = page.url()
  await page.close()
  await context.setOffline(false)
  const again = await context.newPage()
  await again.goto(address)
  return again
}

it('tells the second of two people who write on one draft, and both texts survive the merge', async () => {
  const [first, second] = [await expertOf('market'), await expertOf('operations')]
  await beginWriting(first)
  await compose(first, 'dianbiao', '电表箱门坏了谁修？')
  await writeIn(first, 'say', '电表箱归供电公司修。')
  await saved(first)
  const { person } = await ask<{ person: { id: number } }>(second, 'GET', '/api/session')
  makeAuthor(person.id, draftOf(first))
  await second.goto(first.url())
  await second.locator('#write-standardQuestion:focus').waitFor()

  await writeIn(first, 'say', '我给您登记。')
  await writeIn(first, 'similar', '表箱门掉了')
  await saved(first)
  await writeIn(second, 'say', '请先别靠近。')
  await writeIn(second, 'body', '箱门敞开有触电危险，登记为紧急。')
  await second.locator('.alarm', { hasText: '另一位作者刚保存过这份稿子' }).waitFor()
  expect((await stored(first)).say).toBe('电表箱归供电公司修。我给您登记。')

  await second.keyboard.press('Control+m')
  await second.locator('.merge-page', { hasText: '还有 1 栏要您定' }).waitFor()
  await second.locator('.field-diff', { hasText: '只有对方改过' }).getByText('表箱门掉了').waitFor()
  await tabTo(second.locator('.field-diff', { hasText: '两人都改过' }).locator('input').first())
  await second.keyboard.press('Space')
  await second.keyboard.press('Control+Enter')
  await saved(second)
  expect(await stored(second)).toMatchObject({
    say: '电表箱归供电公司修。请先别靠近。',
    body: '箱门敞开有触电危险，登记为紧急。',
    similarQuestions: ['表箱门掉了'],
  })
})

/** Makes a person one of the authors of a draft. */
function makeAuthor(personId: number, revisionId: number): void {
  const client = new Database(join(service.dataDir, 'firstline.db'))
  client
    .prepare('insert into revision_author (revision_id, person_id) values (?, ?)')
    .run(revisionId, personId)
  client.close()
}
