import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { compose, openBrowser } from '../support/browser.ts'
import { openDesk, signInAs, type Desk } from '../support/desk.ts'
import { approve, openReview } from '../support/reviewing.ts'
import { startService, type Service } from '../support/service.ts'
import { beginWriting, cite, goToPart, submitText, writeIn } from '../support/writing.ts'

const QUESTION = '小区地下车库能不能装自家充电桩？'
const SAY = '可以申请。先请物业出具同意安装的证明，我再给您登记报装，五个工作日内有人上门看现场。'
const BODY = '要问清车位是租的还是买的。\n\n租的车位要业主和物业都同意。'
const MENDED = '\n\n没有物业的小区，由居委会出具证明。'
const REASON = '没有物业的小区怎么办，没有写。'
const DOCUMENT = '电动汽车用电价格政策'
/** What an agent might ask to come by the text before its time. */
const ASKED = ['地下车库自家充电桩', '物业同意安装证明 充电桩', '租的车位 业主和物业都同意']

let service: Service
let browser: Browser
/** The windows of the five, each with cookies of its own. */
const desks: Desk[] = []
let author: Page, marketing: Page, operations: Page, chair: Page, agent: Page

/** Opens a window and signs a persona in there. */
async function comes(persona: string, department?: string): Promise<Page> {
  const desk = await openDesk(browser, service, '/')
  desks.push(desk)
  await signInAs(desk.page, persona, department)
  return desk.page
}

beforeAll(async () => {
  service = await startService()
  browser = await openBrowser()
  author = await comes('expert', 'market')
  marketing = await comes('reviewer', 'market')
  operations = await comes('reviewer', 'operations')
  chair = await comes('chair')
  agent = await comes('agent')
})

afterAll(async () => {
  await browser?.close()
  await service?.remove()
})

/** Types a question into the agent's box over the one before; gives the answer to it. */
async function agentAsks(question: string): Promise<{ hits: { title: string; labels: string[] }[] }> {
  await agent.keyboard.press('/')
  await agent.locator('#desk-box:focus').waitFor()
  await agent.keyboard.press('Control+a')
  const answered = agent.waitForResponse(reply => new URL(reply.url()).searchParams.get('q') === question)
  await agent.keyboard.insertText(question)
  return (await answered).json()
}

/** Whatever the agent asks: neither the answers nor the page hold anything of the text. */
async function expectUnseen(): Promise<void> {
  for (const question of ASKED) {
    const said = JSON.stringify(await agentAsks(question))
    const shown = await agent.locator('body').innerText()
    for (const text of [said, shown]) expect(text).not.toMatch(/自家充电桩？|同意安装的证明|租的还是买的/u)
  }
}

it('an expert writes with an input method, cites the basis, and submits', async () => {
  await beginWriting(author)
  await compose(author, 'xiaoqu', QUESTION)
  await writeIn(author, 'say', SAY)
  await writeIn(author, 'body', BODY)
  await writeIn(author, 'similar', '车位上想装个充电桩\n物业不让装充电桩咋办')
  await cite(author, DOCUMENT, '第二条')
  await goToPart(author, 'filing')
  await author.keyboard.press('Tab')
  await author.keyboard.press('Tab')
  await author.keyboard.insertText('充电桩报装')
  expect(await author.evaluate('document.scrollingElement.scrollTop')).toBe(0)
  await author.locator('.write-aside .say', { hasText: '先请物业' }).waitFor()
  await expectUnseen()
  await submitText(author)
  await author.locator('.entry-row', { hasText: QUESTION }).getByText('评审中').waitFor()
  await expectUnseen()
})

it('a reviewer of the owner calls in operations; nobody of another department was asked before', async () => {
  await operations.locator('#review-queue').waitFor({ state: 'attached' })
  expect(await operations.locator('.shell').innerText()).not.toContain(QUESTION)
  await openReview(marketing, service, QUESTION)
  await marketing.keyboard.press('h')
  await marketing.getByRole('dialog').waitFor()
  const chosen = marketing.locator('dialog input:checked')
  for (let presses = 0; presses < 5 && (await chosen.inputValue()) !== 'operations'; presses++)
    await marketing.keyboard.press('ArrowDown')
  await marketing.keyboard.press('Control+Enter')
  await marketing.getByRole('dialog').waitFor({ state: 'detached' })
  await marketing.locator('.who', { hasText: '生产运行' }).waitFor()
  await expectUnseen()
})

it('operations returns it with a reason and a remark on a paragraph', async () => {
  await openReview(operations, service, QUESTION)
  await operations.keyboard.press(']')
  await operations.keyboard.press(']')
  await operations.keyboard.press('c')
  await operations.locator('dialog textarea:focus').waitFor()
  await compose(operations, 'meiyouwuye', '没有物业的呢？')
  await operations.keyboard.press('Control+Enter')
  await operations.getByRole('dialog').waitFor({ state: 'detached' })
  await operations.keyboard.press('t')
  await operations.locator('dialog textarea:focus').waitFor()
  await compose(operations, 'meiyouxie', REASON)
  await operations.keyboard.press('Control+Enter')
  await operations.locator('.decision-pane .returned').waitFor()
  await expectUnseen()
})

it('the author sees why beside the field, mends it, and submits again', async () => {
  await author.reload()
  await author.locator('#entries-list:focus').waitFor()
  await author.locator('[aria-selected=true]', { hasText: QUESTION }).getByText('已退回').waitFor()
  await author.keyboard.press('Enter')
  await author.locator('.alarms', { hasText: REASON }).waitFor()
  await author
    .locator('.write-field', { has: author.locator('#write-body') })
    .getByText('没有物业的呢？')
    .waitFor()
  await writeIn(author, 'body', MENDED)
  await submitText(author)
  await expectUnseen()
})

it('both approve by key with the difference to the last round before them, and the next search finds it', async () => {
  for (const reviewer of [marketing, operations]) {
    await expectUnseen()
    await openReview(reviewer, service, QUESTION)
    await reviewer.locator('.changes-pane ins', { hasText: '由居委会出具证明' }).waitFor()
    await approve(reviewer)
  }
  const { hits } = await agentAsks(ASKED[0]!)
  expect(hits[0]!.title).toBe(QUESTION)
  await agent.keyboard.press('Enter')
  await agent.locator('main:focus .say', { hasText: '先请物业' }).waitFor()
  await agent.locator('main', { hasText: '由居委会出具证明' }).waitFor()
})

it('the chair notes that a new document replaced the one cited, and the agent is warned at once', async () => {
  await chair.goto(`${service.address}/entries`)
  await chair.locator('.list-tabs').waitFor()
  await chair.keyboard.press('4')
  await chair.keyboard.press('a')
  await chair.locator('dialog input:focus').waitFor()
  for (const text of [`${DOCUMENT}（2026年修订）`, '发改价格〔2026〕88号', '国家发展改革委']) {
    await chair.keyboard.insertText(text)
    await chair.keyboard.press('Tab')
  }
  await chair.keyboard.press('Control+Enter')
  await chair.getByRole('dialog').waitFor({ state: 'detached' })
  await chooseSource()
  await chair.keyboard.press('s')
  await chair.locator('dialog .cited-entries', { hasText: QUESTION }).waitFor()
  await chair.keyboard.insertText('2026年修订')
  await chair.locator('dialog [role=option]', { hasText: '2026年修订' }).waitFor()
  await chair.keyboard.press('Enter')
  await chair.keyboard.press('Control+Enter')
  await chair.getByRole('dialog').waitFor({ state: 'detached' })
  const { hits } = await agentAsks('车位上想装个充电桩')
  expect(hits.find(hit => hit.title === QUESTION)!.labels).toContain('依据已更新')
  await agent.locator('.hit', { hasText: QUESTION }).getByText('依据已更新').waitFor()
})

/** Looks the old document up in the register and chooses it. */
async function chooseSource(): Promise<void> {
  await chair.keyboard.press('f')
  await chair.keyboard.press('Control+a')
  const listed = chair.waitForResponse(reply => reply.url().includes(encodeURIComponent('1668')))
  await chair.keyboard.insertText('1668')
  await listed
  await chair.keyboard.press('ArrowDown')
  await chair.locator('#entries-list:focus [aria-selected=true]', { hasText: DOCUMENT }).waitFor()
}

it('nothing went wrong on any page on the way', () => {
  expect(desks.flatMap(desk => desk.faults)).toEqual([])
})
