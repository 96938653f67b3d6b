import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CallbackList } from '#server/contract/answering.ts'
import type { QuestionList, QuestionView } from '#server/contract/question.ts'
import { compose, openBrowser } from '../support/browser.ts'
import { ask, openCall, openDesk, signInAs, type Desk } from '../support/desk.ts'
import { approve, openReview } from '../support/reviewing.ts'
import { startService, type Service } from '../support/service.ts'

/** What no entry of the starter content answers. */
const QUESTION = '房顶养蜜蜂会不会影响电线杆上的鸟窝'
const SAY = '屋顶可以养蜂，请离电线和电杆远一些；电杆上的鸟窝请别碰，我给您登记，由我们派人处理。'
const PHONE = '13912345678'

let service: Service
let browser: Browser
const desks: Desk[] = []
let agent: Page, expert: Page, first: Page, second: Page

async function comes(persona: string, path = '/', department?: string): Promise<Page> {
  const desk = await openDesk(browser, service, path)
  desks.push(desk)
  await signInAs(desk.page, persona, department)
  return desk.page
}

beforeAll(async () => {
  service = await startService()
  browser = await openBrowser()
  agent = await comes('agent', '/desk?callid=CTI-7001&callerNum=13912345678')
})

afterAll(async () => {
  await browser?.close()
  await service?.remove()
})

/** The question as somebody who may read it whole sees it. */
async function questionOf(page: Page): Promise<QuestionView> {
  const { questions } = await ask<QuestionList>(page, 'GET', '/api/questions')
  const { id } = questions.find(one => one.text === QUESTION)!
  return ask<QuestionView>(page, 'GET', `/api/questions/${id}`)
}

it('an agent raises what nobody answers in one key and a few more, and goes on with the call', async () => {
  await agent.locator('#desk-box:focus').waitFor()
  await compose(agent, 'yangmifeng', QUESTION)
  await agent.locator('.hits-state, .list-state').first().waitFor()
  let presses = 0
  const press = async (key: string) => {
    presses += 1
    await agent.keyboard.press(key)
  }
  await press('Alt+q')
  await agent.locator('#question-words').waitFor()
  expect(await agent.locator('#question-words').inputValue()).toBe(QUESTION)
  await press('Alt+h')
  await agent.locator('#question-phone:focus').waitFor()
  await agent.keyboard.insertText(PHONE)
  await press('Alt+y')
  await press('Enter')
  await agent.locator('.raised .say').waitFor()
  expect(presses).toBe(4)
  expect((await openCall(agent))?.callerLast4).toBe('5678')
  const kept = await agent.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')
  expect(kept).not.toContain(PHONE)
  await agent.keyboard.press('f')
  await expect.poll(async () => (await openCall(agent))?.outcome?.verdict).toBe('follow_up')
})

it('the expert of the department it was routed to takes it and answers it', async () => {
  const { department } = await questionOf(agent)
  expert = await comes('expert', '/questions', department)
  await expert.locator('[role=option]', { hasText: QUESTION }).waitFor()
  await expert.locator('[role=listbox]:focus').waitFor()
  await expert.keyboard.press('Enter')
  await expert.locator('#question-reading:focus', { hasText: QUESTION }).waitFor()
  await expert.keyboard.press('t')
  await expect.poll(async () => (await questionOf(expert)).state).toBe('taken')
  await expert.keyboard.press('a')
  await expert.locator('#question-say:focus').waitFor()
  await compose(expert, 'wuding', SAY)
  await expert.keyboard.press('Tab')
  await expert.keyboard.insertText('电杆上有鸟窝会引起跳闸，处理前要停电。')
  await expert.keyboard.press('Control+Enter')
  await expect.poll(async () => (await questionOf(expert)).state).toBe('in_review')
})

it('who answered may not approve; two of the committee do, and the agent is told at the desk', async () => {
  const { department, answer } = await questionOf(expert)
  const vote = ask(expert, 'POST', `/api/reviews/${answer!.reviewId}/votes`, { verdict: 'approve' })
  await expect(vote).rejects.toThrow('review.author_may_not_vote')
  first = await comes('reviewer', '/', department)
  second = await comes('reviewer', '/', department === 'service' ? 'market' : 'service')
  for (const reviewer of [first, second]) {
    expect(await agent.locator('.shell').innerText()).not.toContain('屋顶可以养蜂')
    await reviewer.locator('.queue').waitFor()
    await openReview(reviewer, service, QUESTION)
    await approve(reviewer)
  }
  await agent.locator('.questions .news').waitFor()
})

it('the agent calls the customer back with the approved words, and the question is closed', async () => {
  await agent.goto(`${service.address}/callbacks`)
  await agent.locator('[role=option]', { hasText: QUESTION }).waitFor()
  await agent.locator('.callback .say', { hasText: '屋顶可以养蜂' }).waitFor()
  expect(await agent.locator('.shell').innerText()).not.toContain(PHONE)
  await agent.keyboard.press('n')
  await agent.locator('.callback .number', { hasText: PHONE }).waitFor()
  await agent.keyboard.press('1')
  await agent.keyboard.press('Control+Enter')
  await expect
    .poll(async () => (await ask<CallbackList>(agent, 'GET', '/api/callbacks')).callbacks[0]?.state)
    .toBe('done')
  const { state, steps } = await questionOf(expert)
  expect(state).toBe('closed')
  expect(steps.map(step => step.kind)).toEqual([
    'raised',
    'routed',
    'taken',
    'answered',
    'submitted',
    'published',
    'called_back',
    'closed',
  ])
})

it('the next agent who is asked the same finds the answer at once', async () => {
  await agent.goto(`${service.address}/desk`)
  await agent.locator('#desk-box:focus').waitFor()
  await agent.keyboard.press('n')
  await agent.locator('#desk-box').fill('房顶养蜜蜂影响电线杆鸟窝吗')
  await agent.locator('.hit', { hasText: QUESTION }).first().waitFor()
})

it('the number is in no file of the service and nothing went wrong on any page', () => {
  for (const file of readdirSync(service.dataDir, { recursive: true, withFileTypes: true }))
    if (file.isFile())
      expect(readFileSync(join(file.parentPath, file.name)).includes(PHONE), file.name).toBe(false)
  expect(desks.flatMap(desk => desk.faults)).toEqual([])
})
