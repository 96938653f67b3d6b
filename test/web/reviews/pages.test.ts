import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Component } from 'vue'
import { i18n } from '../../../web/app/i18n.ts'
import DecisionPane from '../../../web/reviews/DecisionPane.vue'
import QueuePage from '../../../web/reviews/QueuePage.vue'
import ReviewPage from '../../../web/reviews/ReviewPage.vue'
import { stepParagraph } from '../../../web/reviews/paragraphs.ts'
import { chosen, counts, picked, reviews } from '../../../web/reviews/queue.ts'
import { paragraph, review } from '../../../web/reviews/review.ts'
import { now } from '../../../web/ui/now.ts'
import { stubServer } from '../server-stub.ts'
import { summary, view } from './sample.ts'

const show = (which: Component, props = {}) =>
  mount(which, { props, global: { plugins: [i18n] }, attachTo: document.body })
const at = '2026-09-01T00:00:00.000Z'
const inHours = (hours: number) => new Date(now.value + hours * 3_600_000).toISOString()

beforeEach(() => {
  sessionStorage.clear()
  stubServer({ 'GET /api/entries/10/queries': () => ({ queries: [{ query: '验表要钱吗', calls: 4 }] }) })
})
afterEach(() => {
  review.value = undefined
  reviews.value = []
  counts.value = []
  chosen.value = -1
  picked.value = new Set()
  paragraph.value = null
  document.body.innerHTML = ''
  vi.unstubAllGlobals()
})

it('lists what a reviewer must know, marks the overdue, the picked and the retiring', () => {
  const past = new Date(Date.now() - 90_000_000).toISOString()
  reviews.value = [
    summary(1, { dueAt: past, waitingFor: ['safety', 'market'], round: 3 }),
    summary(2, { kind: 'retirement' }),
  ]
  picked.value = new Set([2])
  counts.value = [
    { department: 'market', open: 2, overdue: 0, oldestAt: new Date(Date.now() - 1000).toISOString() },
    { department: 'safety', open: 1, overdue: 1, oldestAt: past },
    { department: 'service', open: 0, overdue: 0, oldestAt: null },
  ]
  const page = show(QueuePage)
  const [first, second] = page.findAll('[role=option]')
  expect(first?.text()).toContain('safety、market')
  expect(first?.text()).toContain('第 3 轮')
  expect(first?.find('.overdue').text()).toContain('已超期')
  expect(second?.text()).toContain('撤下条目')
  expect(second?.attributes('aria-selected')).toBe('true')
  expect(page.findAll('.queue-side li').map(one => one.find('span').text())).toEqual(['safety', 'market'])
  page.unmount()
})

it('marks what agents see by the fast lane with the time left, until it has lapsed', () => {
  reviews.value = [
    summary(1, { fastUntil: inHours(27.5) }),
    summary(2, { fastUntil: inHours(0.14) }),
    summary(3, { fastUntil: inHours(-1) }),
  ]
  const page = show(QueuePage)
  expect(
    page.findAll('[role=option] .title').map(one => one.find('.chip').exists() && one.find('.chip').text()),
  ).toEqual(['快审 还剩 27小时', '快审 还剩 8分钟', false])
  page.unmount()
})

it('shows the text as agents will see it beside what changed, ins and del', () => {
  review.value = view(1)
  const page = show(ReviewPage)
  expect(page.find('.reading-pane .say').text()).toContain('我先帮您看抄表的天数。')
  expect(page.find('.changes-pane del').text()).toBe('您好，')
  expect(page.find('.changes-pane h3').text()).toContain('口径')
  page.unmount()
})

it('marks paragraphs that were remarked on in this round, and the chosen one', async () => {
  const remark = { name: '赵岚', department: 'market', at, field: 'body' as const, text: '写清', round: 1 }
  const comments = [
    { ...remark, paragraph: 1 },
    { ...remark, paragraph: 0, round: 0 },
  ]
  review.value = view(1, { comments })
  const page = show(ReviewPage)
  await flushPromises()
  const blocks = () => page.findAll('.prose > *').map(one => one.attributes())
  expect(blocks()[1]).toHaveProperty('data-remarks', '1')
  expect(blocks()[0]).not.toHaveProperty('data-remarks')
  stepParagraph(1)
  await flushPromises()
  expect(blocks()[0]).toHaveProperty('data-chosen')
  await page.find('.record button').trigger('click')
  expect(paragraph.value).toBe(1)
  page.unmount()
})

it('of a retirement shows the reason, what disappears and the questions it answered', async () => {
  review.value = view(1, { kind: 'retirement', diff: [], reason: '已并入另一条。' })
  const page = show(ReviewPage)
  await flushPromises()
  const pane = page.find('.changes-pane').text()
  expect(pane).toContain('已并入另一条。')
  expect(pane).toContain('1 种相似问法')
  expect(pane).toContain('验表要钱吗')
  page.unmount()
})

it('gives a new entry the whole width, for there is nothing to hold it against', () => {
  review.value = view(1, { diff: [{ field: 'say', parts: [{ op: 'added', text: '新' }] }] })
  const page = show(ReviewPage)
  expect(page.find('.changes-pane').exists()).toBe(false)
  expect(page.find('.all-fields ins').text()).toBe('新')
  page.unmount()
})

it('shows votes and reasons of all rounds, the last first, who decides, and when a fast lane lapses', () => {
  const cast = { name: '赵岚', department: 'market', at }
  const pane = show(DecisionPane, {
    review: view(1, {
      round: 2,
      required: ['market', 'safety'],
      fastUntil: '2099-01-02T03:04:00.000Z',
      fastReason: '台风登陆',
      votes: [
        { ...cast, verdict: 'return', reason: '口径太长。', round: 1 },
        { ...cast, verdict: 'approve', reason: null, round: 2 },
      ],
    }),
  })
  expect(pane.findAll('.record h2').map(one => one.text())).toEqual(['第 2 轮', '第 1 轮'])
  expect(pane.find('.record').text()).toContain('口径太长。')
  expect(pane.findAll('.who li').map(one => one.classes('done'))).toEqual([true, false])
  expect(pane.find('.who h2').text()).toContain('1 票，至少 2 票')
  expect(pane.find('.fast').text()).toContain('快审')
  expect(pane.find('.fast q').text()).toBe('台风登陆')
  pane.unmount()
})
