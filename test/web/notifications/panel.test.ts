import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { i18n } from '../../../web/app/i18n.ts'
import Bell from '../../../web/notifications/Bell.vue'
import Panel from '../../../web/notifications/Panel.vue'
import { notifications } from '../../../web/notifications/notifications.ts'
import { face, isOpen } from '../../../web/notifications/panel.ts'
import { settle, stubServer, type Asked } from '../server-stub.ts'
import { eventStream, told } from './stream.ts'

let asked: Asked[]
let stream: ReturnType<typeof eventStream>
const went: string[] = []
const BASE = 50_000
const THERE = [told(BASE + 2), told(BASE + 1, { title: null })]

beforeEach(() => {
  document.body.innerHTML = '<input id="desk-box">'
  document.getElementById('desk-box')?.focus()
  went.length = 0
  notifications.value = []
  face.value = 'list'
  stream = eventStream()
  ;({ asked } = stubServer({
    'GET /api/events': stream.answer,
    'GET /api/notifications': () => ({ total: 2, unread: 2, notifications: THERE }),
    [`PUT /api/notifications/${BASE + 2}/reading`]: () => ({ unread: 1 }),
    'PUT /api/notifications/readings': () => ({ unread: 0 }),
    'GET /api/digest': () => ({
      day: '2026-11-22',
      earlier: null,
      later: null,
      total: 1,
      groups: [{ event: 'review.opened', count: 1, notifications: THERE.slice(0, 1) }],
    }),
  }))
})
afterEach(() => {
  isOpen.value = false
  vi.unstubAllGlobals()
})

async function bell() {
  const page = mount(Bell, { global: { plugins: [i18n] }, attachTo: document.body })
  await settle()
  await flushPromises()
  return page
}
async function panel() {
  isOpen.value = true
  const props = { goTo: (address: string) => void went.push(address) }
  const page = mount(Panel, { props, global: { plugins: [i18n] }, attachTo: document.body })
  await flushPromises()
  return page
}
/** Lets the server count so many unread ones, and the page look. */
function counted(count: number): Promise<unknown> {
  stubServer({ 'GET /api/notifications': () => ({ total: 0, unread: count, notifications: [] }) })
  notifications.value = []
  document.dispatchEvent(new Event('visibilitychange'))
  return flushPromises()
}
const puts = () => asked.filter(one => one.method === 'PUT').map(one => one.url.pathname)
const focused = () => document.activeElement?.textContent ?? ''

describe('the button', () => {
  it('says how much is unread, and what comes once and politely, without taking the focus', async () => {
    const page = await bell()
    expect(page.find('b').text()).toBe('2')
    const status = page.find('[role=status]')
    expect([status.attributes('aria-live'), status.text()]).toEqual(['polite', ''])
    await stream.send(told(BASE + 3))
    expect([page.find('b').text(), status.text()]).toEqual(['3', '3 条未读消息'])
    expect([document.activeElement?.id, isOpen.value]).toEqual(['desk-box', false])
    page.unmount()
  })

  it('keeps the place of the figure when nothing is unread, and a bound on its width', async () => {
    const page = await bell()
    await counted(0)
    expect([page.find('b').exists(), page.find('b').classes()]).toEqual([true, ['none']])
    await counted(12_345)
    expect(page.find('b').text()).toBe('99+')
    page.unmount()
  })
})

describe('the panel', () => {
  it('begins on the first message; arrows go on, and to those that lead nowhere as well', async () => {
    const page = await panel()
    expect(focused()).toContain('电费怎么算？')
    await page.find('dialog').trigger('keydown', { key: 'ArrowDown', code: 'ArrowDown' })
    expect(focused()).toContain('已不在有效状态')
    await page.find('dialog').trigger('keydown', { key: 'ArrowUp', code: 'ArrowUp' })
    expect(focused()).toContain('电费怎么算？')
    page.unmount()
  })

  it('goes to what a message is about, notes that it was read, and closes', async () => {
    const page = await panel()
    await page.find('.notification a').trigger('click')
    await flushPromises()
    expect([went, puts(), isOpen.value]).toEqual([
      [`/reviews/${BASE + 2}`],
      [`/api/notifications/${BASE + 2}/reading`],
      false,
    ])
    page.unmount()
  })

  it('marks one as read without leaving, and the focus stays on it', async () => {
    const page = await panel()
    await page.find('.notification button').trigger('click')
    await flushPromises()
    expect(page.findAll('.notification')[0]?.classes()).not.toContain('unread')
    expect([went, isOpen.value, focused().includes('电费怎么算？')]).toEqual([[], true, true])
    page.unmount()
  })

  it('acts by key, and not while a word is being composed', async () => {
    const page = await panel()
    await page.find('dialog').trigger('keydown', { key: 'a', code: 'KeyA', isComposing: true })
    expect(puts()).toEqual([])
    await page.find('dialog').trigger('keydown', { key: '2', code: 'Digit2' })
    await flushPromises()
    expect(page.find('h3').text()).toContain('2026年11月22日')
    expect(page.find('h4').text()).toBe('待评审（1）')
    expect(page.find('.panel-body').element.contains(document.activeElement)).toBe(true)
    await page.find('dialog').trigger('keydown', { key: '1', code: 'Digit1' })
    await page.find('dialog').trigger('keydown', { key: 'a', code: 'KeyA' })
    await flushPromises()
    expect(puts()).toEqual(['/api/notifications/readings'])
    page.unmount()
  })
})
