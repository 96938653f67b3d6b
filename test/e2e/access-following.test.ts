import type { Browser, Page } from 'playwright-core'
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

it.each([
  ['Chinese', undefined],
  ['English', 'en-US'],
])(
  'axe-core finds no violation where scripts are followed, practised and counted: %s',
  async (_name, locale) => {
    const found: Record<string, string[]> = {}
    const options = { reducedMotion: 'reduce' as const, ...(locale && { locale }) }
    desk = await openDesk(browser, service, '/desk', options)
    await signInAs(desk.page, 'agent')
    await desk.page.locator('#desk-box:focus').waitFor()
    const idOf = async (words: string) => {
      const path = `/api/search?kind=script&q=${encodeURIComponent(words)}`
      return (await ask<{ hits: { id: number }[] }>(desk.page, 'GET', path)).hits[0]!.id
    }
    const id = await idOf('')
    let look = looker(desk.page, service.address, found, locale === undefined)
    await look('a script', '.script-opening .step-list li', [], `/desk?callid=A1&area=东城区&entry=${id}`)
    await look('its first step', '#desk-answer:focus .step-words .agent', ['Alt+h'])
    await look('a branch', '.step-branches [aria-pressed=true]', ['1'])
    await look('its steps', '.step-list [aria-current]:focus', ['l'])
    await look('a note', '.step-note input:focus', ['Escape', 'j'])
    await look('a report of it', '#desk-feedback:focus', ['Escape', 'w'])
    await look('its end', '.wrap-code', ['Escape', 'Alt+9', ' '])
    const asking = `/desk?callid=A4&area=东城区&entry=${await idOf('整栋楼停电，冰箱里有药，客户很着急')}`
    await look('a script that asks', '.script-opening .step-list li', [], asking)
    await look('its own first step', '#desk-answer:focus .step-gaps', ['Alt+h'])
    await look('what the caller tells', '.step-gaps input:focus', ['t'])
    await look('scripts to practise', '#practice-list:focus [role=option]', [], '/practice')
    await look('the customer speaks', '.practice-run .customer-says', ['Enter'])
    await look('the own turn', '.practice-run .prompt', [' '])
    await look('the words of the script', '.turn .script-words.agent', [' '])
    await desk.close()
    desk = await openDesk(browser, service, '/', options)
    await signInAs(desk.page, 'supervisor')
    await desk.page.locator('.shell').waitFor()
    look = looker(desk.page, service.address, found, locale === undefined)
    await look('figures of scripts', '.script-charts', [], '/insights/scripts')
    await look('tables as files', 'dialog .downloads', ['x'])
    expect(Object.fromEntries(Object.entries(found).filter(([, list]) => list.length > 0))).toEqual({})
  },
)

it('no spoken line of a step is cut off at 1280×720, where several stand above the branches', async () => {
  desk = await openDesk(browser, service)
  const { page } = desk
  await signInAs(page, 'agent')
  await page.locator('#desk-box:focus').waitFor()
  const title = encodeURIComponent('电压一下高一下低烧了家电，客户要马上赔')
  const { hits } = await ask<{ hits: { id: number }[] }>(page, 'GET', `/api/search?kind=script&q=${title}`)
  await page.goto(`${service.address}/desk?callid=A2&area=东城区&entry=${hits[0]!.id}`)
  await page.locator('.script-opening .step-list li').first().waitFor()
  await page.keyboard.press('Alt+h')
  await page.locator('#desk-answer:focus .step-words').waitFor()
  const cut: number[] = []
  for (let step = 1; step <= 9; step++) {
    await page.keyboard.press(`Alt+${step}`)
    await page.locator(`.step-strip [aria-current][aria-keyshortcuts="Alt+${step}"]`).waitFor()
    if (await isCut(page)) cut.push(step)
  }
  expect([page.viewportSize(), cut]).toEqual([{ width: 1280, height: 720 }, []])
})

/** Whether what the agent says at the step ends below the bar of branches. */
async function isCut(page: Page): Promise<boolean> {
  const spoken = (await page.locator('.step-words .script-words.agent').last().boundingBox())!
  const bar = (await page.locator('.going-on').boundingBox())!
  return spoken.y + spoken.height > bar.y
}
