import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { openDesk, signInAs, type Desk } from '../support/desk.ts'
import { startService, type Service } from '../support/service.ts'

let service: Service
let browser: Browser
const open: Desk[] = []

beforeAll(async () => {
  service = await startService()
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  await service?.remove()
})

afterEach(async () => {
  const faults = open.flatMap(desk => desk.faults)
  for (const desk of open.splice(0)) await desk.close()
  expect(faults).toEqual([])
})

async function window(path: string, persona: string): Promise<Page> {
  const desk = await openDesk(browser, service, path)
  open.push(desk)
  await signInAs(desk.page, persona)
  await desk.page.locator('.bell').waitFor()
  return desk.page
}

const ask = <T>(page: Page, method: string, url: string, body?: object): Promise<T> =>
  page.evaluate(
    async ([how, where, what]) => {
      const headers = { 'content-type': 'application/json' }
      const init = what === null ? { method: how } : { method: how, headers, body: JSON.stringify(what) }
      return (await (await fetch(where, init)).json()) as T
    },
    [method, url, body ?? null] as const,
  )

const hour = (from: number) => new Date(Date.now() + from * 3_600_000).toISOString()

it('tells an agent of a notice at once and quietly, and opens it by key without leaving the call', async () => {
  const agent = await window('/desk', 'agent')
  const chair = await window('/reviews', 'chair')
  await agent.locator('.area-notices li').first().waitFor()
  await agent.locator('#desk-box').fill('停电')
  await agent.locator('.hit').first().waitFor()
  const place = () =>
    agent
      .locator('.top')
      .evaluate(bar => [...bar.querySelectorAll('*')].map(one => one.getBoundingClientRect().x))
  const before = await place()
  const listening = agent.locator('.bell b')
  await expect
    .poll(async () => (await ask<{ unread: number }>(agent, 'GET', '/api/notifications')).unread)
    .toBe(0)
  const notice = { kind: 'fault', areas: ['西山镇'], startsAt: hour(-1), endsAt: hour(2), estimate: hour(1) }
  await ask(chair, 'POST', '/api/notices', { ...notice, say: '西山镇正在抢修，预计一小时内恢复。' })

  await expect.poll(() => listening.textContent()).toBe('1')
  await agent.locator('.area-notices').getByText('西山镇').waitFor()
  expect(await place()).toEqual(before)
  expect(await agent.evaluate('document.activeElement.id')).toBe('desk-box')
  expect(await agent.locator('dialog').count()).toBe(0)

  await agent.keyboard.press('Alt+i')
  await agent.locator('dialog .notification a:focus').waitFor()
  await agent.keyboard.press('Enter')
  await agent.locator('main:focus .say.live').getByText('西山镇').waitFor()
  expect(await agent.locator('#desk-box').inputValue()).toBe('停电')
  await expect.poll(() => listening.getAttribute('class')).toBe('none')

  const query = `/api/search?q=${encodeURIComponent('电费')}&kind=answer`
  const [entry] = (await ask<{ hits: { id: number; title: string }[] }>(agent, 'GET', query)).hits
  await agent.goto(`${service.address}/desk?entry=${entry!.id}`)
  await agent.locator('main').getByRole('heading', { name: entry!.title }).waitFor()
})

it('brings an author from what was returned to their draft, and back by the browser', async () => {
  const author = await window('/entries', 'expert')
  const answer = { kind: 'answer', category: '供电服务', topic: '电费', ownerDepartment: 'market', scope: {} }
  const words = {
    standardQuestion: '电费突然变高怎么办？',
    similarQuestions: ['电费贵了一倍'],
    say: '我帮您看抄表的天数。',
  }
  const draft = { ...answer, ...words, body: '先看抄表的天数。', basis: [] }
  const { revisionId } = await ask<{ revisionId: number }>(author, 'POST', '/api/entries', draft)
  const sent = await ask<{ reviewId: number }>(author, 'POST', `/api/revisions/${revisionId}/submission`)

  const reviewer = await window('/reviews', 'reviewer')
  const figure = async () => Number(await author.locator('.bell b').textContent())
  const before = await figure()
  const vote = { verdict: 'return', reason: '请补充时限。' }
  await ask(reviewer, 'POST', `/api/reviews/${sent.reviewId}/votes`, vote)
  await expect.poll(figure).toBe(before + 1)
  await author.locator('.bell').click()
  await author.locator('dialog .notification').getByText('被退回').click()
  await author.waitForURL(`**/entries/revisions/${revisionId}`)
  await author.getByText('请补充时限。').first().waitFor()
  await author.goBack()
  await author.waitForURL('**/entries')

  await author.keyboard.press('Alt+i')
  await author.keyboard.press('2')
  await author.locator('dialog h4').getByText('被退回（1）').waitFor()
})
