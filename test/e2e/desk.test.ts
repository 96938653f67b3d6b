import { randomUUID } from 'node:crypto'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { compose, openBrowser } from '../support/browser.ts'
import { expireSessions, openCall, openDesk, signInAs, type Desk } from '../support/desk.ts'
import { startService, type Service } from '../support/service.ts'

/** The address that the telephone system opens; each call has an id of its own. */
const pop = () =>
  `/desk?callid=${randomUUID()}&callerNum=13800001234&area=${encodeURIComponent('东城区')}&unknown=1`
let service: Service
let browser: Browser
let desk: Desk

beforeAll(async () => {
  service = await startService()
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  await service?.remove()
})

afterEach(async () => {
  const { faults } = desk
  await desk.close()
  expect(faults).toEqual([])
})

/** A call in hand: popped, signed in, the box ready. */
async function begin(path = pop(), persona = 'agent'): Promise<Desk> {
  desk = await openDesk(browser, service, path)
  await signInAs(desk.page, persona)
  await desk.page.locator('#desk-box:focus').waitFor()
  return desk
}

const box = () => desk.page.locator('#desk-box')
const hits = () => desk.page.locator('.hit')
const titles = () => hits().locator('.title').allTextContents()
const say = () => desk.page.locator('main .say')
const call = () => openCall(desk.page)
const lastSearch = async () => (await call())?.searches.at(-1)?.query

it('takes a call from pop to resolved by keyboard alone, with an input method', async () => {
  const { page, searches } = await begin()
  expect(page.url()).toBe(`${service.address}/desk`)
  expect(await call()).toMatchObject({ callerLast4: '1234', area: '东城区', outcome: null })

  searches.length = 0
  await compose(page, 'jiadian', '家电')
  await compose(page, 'shaohuai', '烧坏')
  await compose(page, 'peichang', '赔偿')
  expect(await box().inputValue()).toBe('家电烧坏赔偿')
  await expect.poll(() => searches.at(-1)).toBe('家电烧坏赔偿')
  expect(searches.filter(query => /\p{Script=Latin}/u.test(query))).toEqual([])
  await expect.poll(async () => (await titles()).slice(0, 3).join()).toMatch(/家电/u)

  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.locator('main:focus .say').waitFor()
  const spoken = (await say().locator('blockquote').textContent())!.replaceAll(/\s/gu, '')

  await page.keyboard.press('c')
  await expect.poll(async () => (await call())?.copied.map(copy => copy.part)).toEqual(['say'])
  const copied = await page.evaluate<string>('navigator.clipboard.readText()')
  expect(copied.replaceAll(/\s/gu, '')).toBe(spoken)

  await page.keyboard.press('r')
  await expect.poll(async () => (await call())?.outcome?.verdict).toBe('resolved')
  const done = (await call())!
  expect(done.outcome!.entryId).toBe(done.opened.at(-1)!.entryId)
  expect(done.opened.at(-1)!.rank).toBeGreaterThanOrEqual(1)
  expect(done.searches.map(search => search.query)).toContain('家电烧坏赔偿')

  await page.keyboard.press('n')
  await expect.poll(() => box().inputValue()).toBe('')
  await expect.poll(async () => (await call())?.id).not.toBe(done.id)
  await page.locator('#desk-box:focus').waitFor()
})

it('shows what is being composed, and searches for it only when it is text', async () => {
  const { page, searches } = await begin()
  await hits().first().waitFor()
  const client = await page.context().newCDPSession(page)
  searches.length = 0
  await client.send('Input.imeSetComposition', { text: 'ting dian', selectionStart: 9, selectionEnd: 9 })
  // long enough for any search that this could have begun
  await page.waitForTimeout(500)
  expect(await box().inputValue()).toBe('ting dian')
  expect(searches).toEqual([])
  await client.send('Input.insertText', { text: '停电' })
  await expect.poll(() => searches).toEqual(['停电'])
})

it('opens by number, goes back by Escape, and begins a call by itself with the first search', async () => {
  const { page } = await begin('/desk', 'expert')
  expect(await call()).toBeNull()
  await page.keyboard.type('tdpc')
  await expect.poll(async () => (await titles()).length).toBeGreaterThan(1)
  await page.keyboard.press('Alt+2')
  await page.locator('main:focus .say').waitFor()
  await expect.poll(async () => (await call())?.opened.at(-1)).toMatchObject({ how: 'number', rank: 2 })
  expect((await call())!.searches.at(-1)!.query).toBe('tdpc')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.locator('#desk-box:focus').waitFor()
  expect(await box().inputValue()).toBe('tdpc')
})

it('keeps text and call when the server restarts in the middle of a call, and goes on by itself', async () => {
  const { page } = await begin()
  await compose(page, 'tingdian', '停电')
  await expect.poll(lastSearch).toBe('停电')
  const before = (await call())!
  await service.restart(async () => {
    await compose(page, 'peichang', '赔偿')
    await page.getByText('离线', { exact: false }).first().waitFor()
    expect(await box().inputValue()).toBe('停电赔偿')
  })
  await expect.poll(lastSearch, { timeout: 60_000 }).toBe('停电赔偿')
  await expect.poll(async () => (await titles())[0]).toMatch(/赔/u)
  expect(await box().inputValue()).toBe('停电赔偿')
  expect((await call())!.id).toBe(before.id)
})

it('asks for a sign-in when the session ran out, and loses nothing', async () => {
  const { page } = await begin()
  await compose(page, 'dianfei', '电费')
  await expect.poll(lastSearch).toBe('电费')
  const before = (await call())!
  expireSessions(service)
  await compose(page, 'taigao', '太高')
  await page.getByRole('dialog').waitFor()
  expect(await box().inputValue()).toBe('电费太高')
  await signInAs(page, 'agent')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await expect.poll(lastSearch).toBe('电费太高')
  expect(await box().inputValue()).toBe('电费太高')
  expect((await call())!.id).toBe(before.id)
})

it('takes letters in the box again once a dialog is closed', async () => {
  const { page } = await begin()
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.keyboard.type('tdpc')
  expect(await box().inputValue()).toBe('tdpc')
})

it('keeps what was typed and shown when the page is loaded again', async () => {
  const { page } = await begin()
  await compose(page, 'dianbiao', '电表')
  await hits().first().waitFor()
  await page.keyboard.press('Enter')
  await page.locator('main:focus .say').waitFor()
  const shown = await say().textContent()
  const before = (await call())!
  await page.reload()
  await expect.poll(() => say().textContent()).toBe(shown)
  expect(await box().inputValue()).toBe('电表')
  expect((await call())!.id).toBe(before.id)
})
