import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { TaskView, VerificationItem } from '#server/contract/upkeep.ts'
import { i18n } from '../../../web/app/i18n.ts'
import { me } from '../../../web/api/index.ts'
import ListPage from '../../../web/entries/ListPage.vue'
import * as lists from '../../../web/entries/lists.ts'
import { addressOf, go, place, type Tab } from '../../../web/entries/place.ts'
import { commands } from '../../../web/ui/commands.ts'
import { listenForKeys } from '../../../web/ui/hotkeys.ts'
import { startClock } from '../../../web/ui/now.ts'
import { toasts } from '../../../web/ui/toasts.ts'
import { problem, stubServer, type Answer, type Asked } from '../server-stub.ts'

const DAY = 86_400_000
const at = (days: number) => new Date(Date.now() + days * DAY).toISOString()
const link = (id: number) => ({ id, kind: 'answer' as const, topic: '赔偿', title: `停电赔不赔 ${id}` })

const task = (id: number, more: Partial<TaskView> = {}): TaskView => ({
  id,
  kind: 'wrong',
  entry: link(id * 10),
  department: 'market',
  paragraph: 1,
  quoted: '修不了的，七天内登记。',
  words: '时限不对，问过营业厅',
  quote: null,
  raisedBy: '林晓',
  at: at(-1),
  dueAt: at(4),
  ...more,
})
const item = (id: number, overdueDays: number): VerificationItem => ({
  entry: link(id),
  department: 'market',
  verifyBy: at(-overdueDays),
  overdueDays,
  openings: 9,
  weight: 60,
})

let asked: Asked[]
let routes: Record<string, Answer>
let page: VueWrapper
let stop: (() => void)[]
let tasks: TaskView[]
let items: VerificationItem[]
const none = () => new Response(null, { status: 204 })
const sent = (method: string) => asked.filter(one => one.method === method)
const side = () => page.find('.side-pane')
const titles = () => page.findAll('[role=option] .title').map(one => one.text())
const press = async (key: string, more = {}) => {
  const target = document.activeElement ?? document.body
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }))
  await flushPromises()
}

async function show(tab: Tab): Promise<void> {
  go(addressOf(tab))
  page = mount(ListPage, { global: { plugins: [i18n] }, attachTo: document.body })
  await lists.loadLists()
  await flushPromises()
}

beforeEach(() => {
  sessionStorage.clear()
  toasts.value = []
  me.value = { id: 2, roles: ['expert'], department: 'market' } as unknown as typeof me.value
  tasks = [task(1), task(2, { dueAt: at(-1), paragraph: null, quoted: null, words: null })]
  items = [item(7, 5), item(8, 2)]
  routes = {
    'GET /api/tasks': () => ({ total: tasks.length, tasks }),
    'GET /api/verifications': () => ({ total: items.length, items }),
    'GET /api/sources': () => ({ total: 0, sources: [] }),
    'GET /api/revisions': () => ({ total: 0, revisions: [] }),
    'PUT /api/tasks/1/ending': () => {
      tasks = tasks.slice(1)
      return none()
    },
    'POST /api/entries/7/verifications': () => {
      items = items.slice(1)
      return { verifyBy: '2027-05-21T02:00:00.000Z' }
    },
    'POST /api/entries/7/revisions': () => ({ revisionId: 70 }),
    'POST /api/entries/10/revisions': () => ({ revisionId: 71 }),
  }
  ;({ asked } = stubServer(routes))
  stop = [listenForKeys(() => commands.value), startClock(Date.now)]
})
afterEach(() => {
  page.unmount()
  for (const end of stop) end()
  lists.tasks.value = lists.verifications.value = []
  document.body.innerHTML = ''
  vi.unstubAllGlobals()
})

it('a script whose quote has changed says which entry, what of it is in force, and that nobody raised it', async () => {
  const quote = { id: 3, title: '停电药坏了赔不赔', revision: 4 }
  const found = { kind: 'quote_updated', paragraph: null, quoted: null, words: null, raisedBy: null } as const
  tasks = [task(1, { ...found, quote }), task(2, { ...found, quote: { ...quote, revision: null } })]
  await show('tasks')
  expect(side().text()).toContain('停电药坏了赔不赔 · 第 4 版')
  expect(side().text()).toMatch(/提出\s*系统/u)
  expect(side().text()).not.toContain('感谢')
  await press('ArrowDown')
  expect(side().text()).toContain('停电药坏了赔不赔 · 已不在有效状态')
  await press('e')
  expect(page.find('dialog').text()).not.toContain('会看到这句话')
})

describe('a report from a call', () => {
  it('shows the owner the paragraph, the words, the deadline and whom to thank', async () => {
    await show('tasks')
    const [paragraph, words] = side().findAll('blockquote')
    expect([paragraph?.text(), words?.text()]).toEqual(['修不了的，七天内登记。', '时限不对，问过营业厅'])
    expect(side().text()).toMatch(/感谢林晓/u)
    expect(side().find('.late').exists()).toBe(false)
    await press('ArrowDown')
    expect(side().find('blockquote').exists()).toBe(false)
    expect(side().find('.late').exists()).toBe(true)
    expect(page.findAll('[role=option]')[1]?.find('.late').text()).toContain('已到期')
  })

  it('is ended by a key with the reason, which outlives a closed dialog', async () => {
    await show('tasks')
    await press('e')
    await page.find('dialog textarea').setValue('条款没有变，七天是')
    page.findComponent({ name: 'EndTaskDialog' }).vm.$emit('close')
    await flushPromises()
    await press('e')
    const box = page.find('dialog textarea')
    expect((box.element as HTMLTextAreaElement).value).toBe('条款没有变，七天是')
    expect(page.find('dialog').text()).toContain('林晓会看到这句话')
    await box.setValue('条款没有变，七天是对的。')
    await box.trigger('keydown', { key: 'Enter', ctrlKey: true })
    await flushPromises()
    expect(sent('PUT')[0]?.body).toEqual({ words: '条款没有变，七天是对的。' })
    await vi.waitFor(() => expect(titles()).toEqual(['停电赔不赔 20']))
    expect(toasts.value.at(-1)?.key).toBe('toast.taskEnded')
  })

  it('that is right leads to a draft, from the list or from the dialog', async () => {
    await show('tasks')
    await press('e')
    await page.findAll('dialog .form-end button').at(-1)?.trigger('click')
    await flushPromises()
    expect(sent('PUT')).toEqual([])
    await vi.waitFor(() => expect(place.value).toEqual({ page: 'writing', revision: 71 }))
    go(addressOf('tasks'))
    await press('o')
    await vi.waitFor(() => expect(place.value).toEqual({ page: 'writing', revision: 71 }))
  })
})

describe('verification', () => {
  it('is recorded by one key: the entry leaves the queue, the next one is chosen', async () => {
    await show('verifications')
    expect(titles()).toEqual(['停电赔不赔 7', '停电赔不赔 8'])
    expect(page.find('[role=option] .late').text()).toContain('超期 5 天')
    await press('v')
    await vi.waitFor(() => expect(titles()).toEqual(['停电赔不赔 8']))
    expect(sent('POST').map(one => one.url.pathname)).toEqual(['/api/entries/7/verifications'])
    expect(toasts.value.at(-1)).toMatchObject({ key: 'toast.verified', values: { day: '2027-05-21' } })
    expect(page.find('[aria-selected=true] .title').text()).toBe('停电赔不赔 8')
  })

  it('does nothing while an input method composes or a text field has the focus', async () => {
    await show('verifications')
    await press('v', { isComposing: true })
    document.body.append(Object.assign(document.createElement('input'), { id: 'box' }))
    document.getElementById('box')?.focus()
    await press('v')
    expect(sent('POST')).toEqual([])
  })

  it('that may not be given is said, and the entry stays', async () => {
    routes['POST /api/entries/7/verifications'] = () => problem('right.missing', 403)
    await show('verifications')
    await press('v')
    expect(toasts.value.at(-1)).toMatchObject({ key: 'code.right.missing', tone: 'bad' })
    expect(titles()).toHaveLength(2)
  })

  it('of what is no longer right opens a draft by one key', async () => {
    await show('verifications')
    await press('o')
    await vi.waitFor(() => expect(place.value).toEqual({ page: 'writing', revision: 70 }))
  })
})
