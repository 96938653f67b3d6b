import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CallView } from '#server/contract/call.ts'
import type { SearchReply } from '#server/contract/search.ts'
import type { RevisionView } from '#server/contract/writing.ts'
import { compose, openBrowser } from '../support/browser.ts'
import { ask, openCall, openDesk, signInAs } from '../support/desk.ts'
import { approve, openReview } from '../support/reviewing.ts'
import { startService, type Service } from '../support/service.ts'

const TITLE = '半夜整栋楼没电，孩子的胰岛素在冰箱里'
const PROMISE = '您放心，今晚八点前一定来电。'
/** A line that the builder began with a quote. */
const QUOTED = /\[\[entry:(\d+)@1\]\]/u

let service: Service
let browser: Browser
let author: Page, first: Page, second: Page, agent: Page
/** The draft, and the entry that it quotes. */
let revisionId: number, quotedId: number

async function comes(persona: string, path: string, department?: string): Promise<Page> {
  const desk = await openDesk(browser, service, path)
  await signInAs(desk.page, persona, department)
  await desk.page.locator('[data-persona]').first().waitFor({ state: 'detached' })
  return desk.page
}

beforeAll(async () => {
  service = await startService()
  browser = await openBrowser()
  author = await comes('expert', '/scripts', 'service')
  first = await comes('reviewer', '/reviews', 'service')
  second = await comes('reviewer', '/reviews', 'market')
  agent = await comes('agent', '/desk?callid=CTI-9001&area=%E4%B8%9C%E5%9F%8E%E5%8C%BA')
})

afterAll(async () => {
  await browser?.close()
  await service?.remove()
})

const draft = () => ask<RevisionView>(author, 'GET', `/api/revisions/${revisionId}`)
const errors = () => author.locator('.finding.error').count()

it('an expert builds a script from a starter', async () => {
  await author.locator('[role=option]').first().waitFor()
  await author.keyboard.press('n')
  await author.locator('[name=beginning]:focus').waitFor()
  await author.keyboard.press('ArrowDown')
  await author.keyboard.press('Tab')
  await author.keyboard.insertText('整栋楼停电，冰箱里有药')
  await author.locator('dialog [role=option]').first().waitFor()
  await author.keyboard.press('Enter')
  await author.locator('.chosen-base').waitFor()
  await author.keyboard.press('Tab')
  await author.keyboard.press('Control+a')
  await author.keyboard.insertText(TITLE)
  await author.keyboard.press('Control+Enter')
  await author.waitForURL(/\/scripts\/revisions\/\d+$/u)
  revisionId = Number(/\d+$/u.exec(author.url())![0])
  expect((await draft()).script?.steps).toHaveLength(9)
})

it('a promise is caught while it is written, and mended by one key', async () => {
  await author.keyboard.press('Alt+5')
  await author.locator('.line-row textarea').first().waitFor()
  await author.keyboard.press('Alt+l')
  await author.keyboard.insertText(PROMISE)
  await expect.poll(errors).toBeGreaterThan(0)
  expect(await author.locator('.finding.error').first().textContent()).toContain('承诺')
  for (let turn = 0; turn < 4 && (await errors()) > 0; turn++) {
    const left = await errors()
    await author.keyboard.press('F8')
    await author.keyboard.press('Alt+Enter')
    await expect.poll(errors).toBeLessThan(left)
  }
  await expect.poll(async () => JSON.stringify((await draft()).script)).toContain('通知.下次更新')
  expect(JSON.stringify((await draft()).script)).not.toContain('一定来电')
})

it('an entry is quoted by search, pinned to what was reviewed, and shown as it reads', async () => {
  await author.keyboard.press('Alt+4')
  await author.keyboard.press('Alt+l')
  await author.keyboard.press('/')
  await author.locator('.insert-box input:focus').waitFor()
  await compose(author, 'tingdian', '停电时冰箱里的药')
  await author.locator('.insert-box [role=option]').first().waitFor()
  await author.keyboard.press('Enter')
  await expect.poll(async () => QUOTED.test(JSON.stringify((await draft()).script))).toBe(true)
  quotedId = Number(QUOTED.exec(JSON.stringify((await draft()).script))![1])
  const { say } = await ask<{ say: string }>(author, 'GET', `/api/entries/${quotedId}`)
  await expect.poll(() => author.locator('.heard').textContent()).toContain(say.slice(0, 20))
})

it('it is submitted, read by its steps and approved by two', async () => {
  await author.keyboard.press('Control+Enter')
  await author.locator('dialog .script-submit').waitFor()
  await author.keyboard.press('Control+Enter')
  await expect.poll(async () => (await draft()).state).toBe('in_review')
  for (const page of [first, second]) {
    await openReview(page, service, TITLE)
    expect(await page.locator('#review-reading').textContent()).toContain('客户')
    await approve(page)
  }
  await expect.poll(async () => (await draft()).state).toBe('in_force')
})

it('an agent follows it to an outcome by keyboard alone', async () => {
  await agent.locator('#desk-box:focus').waitFor()
  await compose(agent, 'yidaosu', '半夜没电孩子的胰岛素在冰箱里')
  await agent.locator('[role=option]', { hasText: TITLE }).waitFor()
  await agent.keyboard.press('Enter')
  await agent.locator('#desk-box:focus').waitFor({ state: 'detached' })
  await agent.keyboard.press('h')
  await agent.locator('.step-page .step-words').waitFor()
  for (let step = 1; step < 4; step++) await agent.keyboard.press('Space')
  await agent.keyboard.press('1')
  await agent.keyboard.press('j')
  await agent.locator('#step-note-words, .step-note input').first().waitFor()
  await agent.keyboard.insertText('孩子五岁')
  await agent.keyboard.press('Enter')
  await agent.keyboard.press('Space')
  await agent.keyboard.press('r')
  const call = async () => ask<CallView>(agent, 'GET', `/api/calls/${(await openCall(agent))!.id}`)
  await expect.poll(async () => (await call()).outcome?.verdict).toBe('resolved')
  await expect.poll(async () => (await call()).followed.some(one => one.branch === 0)).toBe(true)
  const { outcome, followed } = await call()
  expect(outcome?.scriptId).toBe((await draft()).entryId)
  expect(followed.map(one => one.step).slice(0, 4)).toEqual([1, 2, 3, 4])
  expect(followed.map(one => one.note).join('')).toContain('孩子五岁')
})

it('once the entry it quotes says something else, the script is labelled and its owner has a task', async () => {
  await changeQuoted()
  const found = await ask<SearchReply>(agent, 'GET', `/api/search?q=${encodeURIComponent(TITLE)}`)
  expect(found.hits.find(hit => hit.title === TITLE)?.labels).toContain('引用已更新')
  const { tasks } = await ask<{ tasks: { kind: string; entry: { title: string } }[] }>(
    author,
    'GET',
    '/api/tasks?kind=quote_updated',
  )
  expect(tasks.map(task => task.entry.title)).toContain(TITLE)
  await agent.keyboard.press('n')
  await agent.locator('#desk-box:focus').waitFor()
  await compose(agent, 'yidaosu', '半夜没电孩子的胰岛素在冰箱里')
  await agent.locator('[role=option]', { hasText: TITLE }).locator('text=引用已更新').waitFor()
})

/** The committee approves another text of the entry that is quoted. */
async function changeQuoted(): Promise<void> {
  const begun = await ask<{ revisionId: number }>(author, 'POST', `/api/entries/${quotedId}/revisions`)
  const path = `/api/revisions/${begun.revisionId}`
  const { version, ...old } = await ask<RevisionView>(author, 'GET', path)
  const { kind, category, topic, ownerDepartment, standardQuestion, similarQuestions, body, scope, tags } =
    old
  const basis = old.basis.map(({ sourceId, clause }) => ({ sourceId, ...(clause !== null && { clause }) }))
  const filed = {
    kind,
    category,
    topic,
    ownerDepartment,
    standardQuestion,
    similarQuestions,
    body,
    scope,
    tags,
    basis,
  }
  await ask(
    author,
    'PUT',
    path,
    { ...filed, say: `${old.say.slice(0, 100)}有变化我们再通知您。` },
    { 'if-match': `"${version}"` },
  )
  const { reviewId } = await ask<{ reviewId: number }>(author, 'POST', `${path}/submission`)
  for (const department of ['market', 'service', 'operations', 'safety']) {
    if ((await ask<RevisionView>(author, 'GET', path)).state !== 'in_review') return
    const reviewer = await comes('reviewer', '/reviews', department)
    await ask(reviewer, 'POST', `/api/reviews/${reviewId}/votes`, { verdict: 'approve' })
    await reviewer.context().close()
  }
}
