import Database from 'better-sqlite3'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { chooseIn, tabTo } from './browser.ts'
import type { Service } from './service.ts'

/** The desk in a browser window of its own. */
export interface Desk {
  page: Page
  /** What was asked of the search, in order, as the server got it. */
  searches: string[]
  /** Errors that the page did not catch or wrote to its console; failed loads while the server is down are none. */
  faults: string[]
  close: () => Promise<void>
}

/** Opens `path` of the service in a new window, in China's time and Chinese, or in English where that locale is given. */
export async function openDesk(
  browser: Browser,
  service: Pick<Service, 'address'>,
  path = '/desk',
  options: BrowserContextOptions = {},
): Promise<Desk> {
  const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...options })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: service.address })
  if (options.locale?.startsWith('en'))
    await context.addInitScript(`localStorage.setItem('firstline.language', 'en')`)
  const page = await context.newPage()
  const searches: string[] = []
  const faults: string[] = []
  page.on('request', request => {
    const { pathname, searchParams } = new URL(request.url())
    if (pathname === '/api/search') searches.push(searchParams.get('q') ?? '')
  })
  page.on('pageerror', error => faults.push(error.message))
  page.on('console', message => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(message.text())
  })
  await page.goto(`${service.address}${path}`)
  return { page, searches, faults, close: () => context.close() }
}

/**
 * Signs a demo persona in by keyboard, on the sign-in page or in the dialog of an expired session; on the page an expert
 * or a reviewer may be of a department that is named by its slug.
 */
export async function signInAs(page: Page, persona: string, department?: string): Promise<void> {
  const button = page.locator(`[data-persona=${persona}]`)
  await button.waitFor()
  if (department !== undefined) await chooseIn(page.locator('[data-department]'), department)
  await tabTo(button)
  await page.keyboard.press('Enter')
}

/** Ends every session as if its time were over. */
export function expireSessions(service: Service): void {
  const client = new Database(join(service.dataDir, 'firstline.db'))
  client.prepare('update session set last_seen_at = 0').run()
  client.close()
}

/** What the server answers the window's person; null for an answer without a body. Throws when it refuses. */
export async function ask<T>(
  page: Page,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<T> {
  const asked = { method, path, headers, body: body && JSON.stringify(body) }
  return page.evaluate(async ({ path: address, body: text, ...request }) => {
    const type = { ...(text !== undefined && { 'content-type': 'application/json' }) }
    const sent = {
      ...request,
      headers: { ...request.headers, ...type },
      ...(text !== undefined && { body: text }),
    }
    const reply = await fetch(address, sent)
    const answer = await reply.text()
    if (!reply.ok) throw new Error(`${address}: ${answer}`)
    return JSON.parse(answer || 'null') as T
  }, asked)
}

/** The call that the window's person has open, from the server. */
export const openCall = async (page: Page) =>
  (await ask<{ call: OpenCall | null }>(page, 'GET', '/api/calls/current')).call

export interface OpenCall {
  id: number
  callerLast4: string | null
  area: string | null
  outcome: { verdict: string; entryId: number | null } | null
  searches: { query: string }[]
  opened: { entryId: number; how: string; rank: number | null }[]
  copied: { entryId: number; part: string }[]
}
