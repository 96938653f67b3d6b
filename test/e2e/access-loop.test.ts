import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { ask, openDesk, signInAs, type Desk } from '../support/desk.ts'
import { startService, type Service } from '../support/service.ts'
import { looker } from '../support/violations.ts'

const ASKED = '房顶养蜜蜂会不会影响电线杆上的鸟窝'

let service: Service
let browser: Browser
let desk: Desk

beforeAll(async () => {
  service = await startService()
  browser = await openBrowser()
  await askInVain()
})

afterAll(async () => {
  await browser?.close()
  await service?.remove()
})

afterEach(() => desk.close())

/** A call that nothing answered, with a question raised from it and a customer to be called back; one is refused. */
async function askInVain(): Promise<void> {
  desk = await openDesk(browser, service, '/')
  await signInAs(desk.page, 'agent')
  await desk.page.locator('#desk-box').waitFor()
  const { id } = await ask<{ id: number }>(desk.page, 'POST', '/api/calls', { area: '东城区' })
  await ask(desk.page, 'GET', `/api/search?q=${encodeURIComponent(ASKED)}&call=${id}`)
  const callback = { name: '王女士', phone: '13912345678', consent: true }
  const raised = await ask<{ id: number }>(desk.page, 'POST', '/api/questions', {
    text: ASKED,
    callId: id,
    callback,
  })
  await ask(desk.page, 'PUT', `/api/calls/${id}/outcome`, { verdict: 'follow_up' })
  await desk.close()
  desk = await openDesk(browser, service, '/')
  await signInAs(desk.page, 'supervisor')
  await desk.page.locator('.shell').waitFor()
  await ask(desk.page, 'POST', '/api/questions', { text: '电线杆能不能拿来晾被子', callback })
  await ask(desk.page, 'POST', `/api/questions/${raised.id}/refusal`, { reason: '不是供电企业的事' })
  await desk.close()
}

it.each([
  ['Chinese', undefined],
  ['English', 'en-US'],
])('axe-core finds no violation in the loop: %s', async (_language, locale) => {
  const found: Record<string, string[]> = {}
  desk = await openDesk(browser, service, '/desk', { reducedMotion: 'reduce', ...(locale && { locale }) })
  await signInAs(desk.page, 'agent')
  await desk.page.locator('#desk-box:focus').waitFor()
  let look = looker(desk.page, service.address, found, locale === undefined)
  await look('raising', '#question-words', ['Alt+q'])
  await look('wanting a call back', '#question-phone:focus', ['Alt+h'])
  await look('one’s own questions', '#desk-my-questions', ['Escape', 'ArrowDown', 'm'])
  await look('a refused call-back', '.callback .say', [], '/callbacks')
  await look('its result', '.callback .number', ['n', '3'])
  await desk.close()
  desk = await openDesk(browser, service, '/', { reducedMotion: 'reduce', ...(locale && { locale }) })
  await signInAs(desk.page, 'supervisor')
  await desk.page.locator('.shell').waitFor()
  look = looker(desk.page, service.address, found, locale === undefined)
  await look('the queue of questions', '.question-reading h2', [], '/questions')
  await look('routing with a reason', 'dialog textarea, dialog select', ['r'])
  await look('who answers for what', '.routing-matrix', [], '/questions/routing')
  await look('gaps', '.gap-page [role=option]', [], '/insights/gaps')
  await look('figures of the loop', '.figures .definitions', [], '/insights/loop')
  await look('their tables', '.figures table', ['t'])
  await look('first contact resolution', '.fcr-three', [], '/insights/fcr')
  expect(Object.fromEntries(Object.entries(found).filter(([, list]) => list.length > 0))).toEqual({})
})
