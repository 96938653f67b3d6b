import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { ask, openDesk, signInAs, type Desk } from '../support/desk.ts'
import { startService, type Service } from '../support/service.ts'
import { looker } from '../support/violations.ts'

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

afterEach(() => desk.close())

const PROMISE = '您放心，今晚八点前一定来电。'

it.each([
  ['Chinese', undefined],
  ['English', 'en-US'],
])('axe-core finds no violation where scripts are built: %s', async (_language, locale) => {
  const found: Record<string, string[]> = {}
  desk = await openDesk(browser, service, '/scripts', { reducedMotion: 'reduce', ...(locale && { locale }) })
  const { page } = desk
  await signInAs(page, 'expert')
  await page.locator('.script-row').first().waitFor()
  const { hits } = await ask<{ hits: { id: number }[] }>(page, 'GET', '/api/search?kind=script')
  const id = hits[0]!.id
  const look = looker(page, service.address, found, locale === undefined)
  await look('scripts', '.script-row')
  await look('a new script', 'dialog .profile-fields', ['n'])
  await look('a script in force', '.quote-states', [], `/scripts/${id}`)
  await page.keyboard.press('o')
  await look('the first step', '.line-row')
  await page.keyboard.press('Alt+5')
  await page.locator('.line-row textarea:focus').waitFor()
  await page.keyboard.press('Alt+l')
  await page.keyboard.insertText(PROMISE)
  await look('a promise that is caught', '.finding.error')
  await look('the guidance', '.guide-note[open] .prose', ['Alt+g'])
  await look('the ways of the call', '.flow-graph svg', ['Alt+p'])
  await look('about the script', '#script-title:focus', ['Alt+0'])
  await look('not to be submitted yet', '.script-submit', ['Control+Enter'])
  await page.locator('[aria-current=step]').first().click()
  await page.keyboard.press('Alt+1')
  await look('inserting', '.insert-box [role=option]', ['/'])
  expect(Object.fromEntries(Object.entries(found).filter(([, list]) => list.length > 0))).toEqual({})
})
