import Database from 'better-sqlite3'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { DRAFT } from '../support/committee.ts'
import { ask, expireSessions, openDesk, signInAs, type Desk } from '../support/desk.ts'
import { startService, type Service } from '../support/service.ts'
import { lookAt, looker, THEMES } from '../support/violations.ts'

let service: Service
let browser: Browser
let desk: Desk

beforeAll(async () => {
  service = await startService()
  browser = await openBrowser()
  await giveWork()
})

afterAll(async () => {
  await browser?.close()
  await service?.remove()
})

afterEach(() => desk.close())

/** Tells everyone of a notice in force, and of one that is over. */
function tellOf(of: Service): void {
  const client = new Database(join(of.dataDir, 'firstline.db'))
  const { id } = client.prepare('select max(id) as id from notice').get() as { id: number }
  const insert = client.prepare(
    "insert into notification (event, subject, at) values ('notice.posted', ?, ?)",
  )
  for (const subject of [`notice:${id}`, 'notice:999999']) insert.run(subject, Date.now())
  client.close()
}

/** Every face of the desk one after the other, with what axe-core has against it, as it is and in `themes`. */
async function violationsEverywhere(
  path: string,
  options: BrowserContextOptions,
  themes: readonly (keyof typeof THEMES)[],
): Promise<Record<string, string[]>> {
  desk = await openDesk(browser, service, path, options)
  const { page } = desk
  const found: Record<string, string[]> = {}
  const look = (face: string) => lookAt(page, face, found, themes)
  const close = async () => {
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  await page.locator('[data-persona=agent]').waitFor()
  tellOf(service)
  await look('sign-in')
  await signInAs(page, 'agent')
  await page.locator('.hit').first().waitFor()
  await look('desk at the beginning')
  await page.locator('#desk-box').fill('停电把冰箱烧坏了')
  await page.locator('.hit mark').first().waitFor()
  await page.keyboard.press('Enter')
  await page.locator('main:focus .say').waitFor()
  await look('entry beside the list')
  await page.keyboard.press('b')
  await page.getByRole('dialog').waitFor()
  await look('basis')
  await close()
  await page.keyboard.press('?')
  await page.getByRole('dialog').waitFor()
  await look('key sheet')
  await close()
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').waitFor()
  await look('palette')
  await close()
  await page.keyboard.press('Alt+i')
  await page.locator('dialog .notification').first().waitFor()
  await look('messages')
  await page.keyboard.press('2')
  await page.locator('dialog h4').first().waitFor()
  await look('digest')
  await close()
  await page.keyboard.press('g')
  await page.locator('main .say.live').waitFor()
  await look('notice')
  await page.locator('#desk-box').fill('今天晚饭吃什么好呢')
  await page.waitForTimeout(500)
  await look('no confident answer')
  expireSessions(service)
  await page.keyboard.press('/')
  await page.keyboard.type('电费')
  await page.getByRole('dialog').waitFor()
  await look('signing in again')
  return found
}

/** Leaves the committee a review of an entry in force, and tasks for the owners of what cites a replaced document. */
async function giveWork(): Promise<void> {
  desk = await openDesk(browser, service, '/')
  const { page } = desk
  await signInAs(page, 'expert', 'market')
  await page.locator('.entries').waitFor()
  const { revisionId } = await ask<{ revisionId: number }>(page, 'POST', '/api/entries/1/revisions')
  await ask(page, 'PUT', `/api/revisions/${revisionId}`, DRAFT, { 'if-match': '"1"' })
  await ask(page, 'POST', `/api/revisions/${revisionId}/submission`)
  await desk.close()
  desk = await openDesk(browser, service, '/')
  await signInAs(desk.page, 'chair')
  await desk.page.locator('.queue').waitFor()
  await ask(desk.page, 'PUT', '/api/sources/1/successor', { by: 2 })
  await desk.close()
}

/** Every face of the committee's and the writers' screens, with what axe-core has against it; in dark too unless it is in another language. */
async function violationsAtWork(options: BrowserContextOptions): Promise<Record<string, string[]>> {
  desk = await openDesk(browser, service, '/', options)
  const { page } = desk
  const found: Record<string, string[]> = {}
  const look = looker(page, service.address, found, options.locale === undefined)
  await signInAs(page, 'chair')
  await page.locator('.queue').waitFor()
  await look('queue', '#review-queue:focus [role=option]', ['2'])
  await look('review beside its changes', '#review-reading:focus', ['Enter'])
  await look('returning', 'dialog textarea', ['t'])
  await look('approving without a look at everything', 'dialog .open-checks', ['a'])
  await look('policies', '.policies [data-row]:focus', [], '/policies')
  await look('a policy', 'dialog form', ['e'])
  await look('documents', '#entries-list:focus [role=option]', [], '/entries/sources')
  await look('a new document', 'dialog form', ['a'])
  await look('replacing a document', 'dialog .combobox', ['s'])
  await look('what is to be verified', '.entries-state .none', [], '/entries/verifications')
  await look('tasks', '#entries-list:focus [role=option]', [], '/entries/tasks')
  await look('history with its changes', '.history-diff .field-diff', [], '/entries/1/history')
  await look('own entries', '.entries-bar [aria-keyshortcuts=N]', [], '/entries')
  await look('an empty form', '#write-standardQuestion:focus', ['n'])
  await look('a form with its faults', '.alarms li a', ['Control+Enter'])
  await look('what stands near', '.neighbours', ['Alt+p'])
  return found
}

const POP = `/desk?callid=CTI-0009&area=${encodeURIComponent('东城区')}`

describe('axe-core finds no violation', () => {
  it.each([
    ['in every theme', {}, Object.keys(THEMES) as (keyof typeof THEMES)[]],
    ['English', { locale: 'en-US' }, []],
    ['200 % zoom', { viewport: { width: 640, height: 400 } }, []],
  ] satisfies [string, BrowserContextOptions, (keyof typeof THEMES)[]][])(
    '%s',
    async (_name, options, themes) => {
      const window = { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', ...options } as const
      expect(some(await violationsEverywhere(POP, window, themes))).toEqual({})
    },
  )

  it.each([
    ['light and dark', {}],
    ['English', { locale: 'en-US' }],
  ] satisfies [string, BrowserContextOptions][])(
    'at the work of the committee and of writers: %s',
    async (_name, options) => {
      expect(some(await violationsAtWork({ reducedMotion: 'reduce', ...options }))).toEqual({})
    },
  )
})

const some = (found: Record<string, string[]>) =>
  Object.fromEntries(Object.entries(found).filter(([, list]) => list.length > 0))

it('fits a window half as wide without scrolling sideways', async () => {
  desk = await openDesk(browser, service, POP, { viewport: { width: 640, height: 400 } })
  await signInAs(desk.page, 'agent')
  await desk.page.locator('.hit').first().waitFor()
  const sideways = await desk.page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )
  expect(sideways).toBe(0)
})
