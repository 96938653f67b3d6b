import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { i18n } from '../../../web/app/i18n.ts'
import ListPage from '../../../web/entries/ListPage.vue'
import { closeDialog } from '../../../web/entries/dialogs.ts'
import { happeningsOf } from '../../../web/entries/history.ts'
import { listCommands } from '../../../web/entries/list-commands.ts'
import { loadList, mine } from '../../../web/entries/lists.ts'
import { lastRound, revision } from '../../../web/entries/writing.ts'
import { stubServer, type Asked } from '../server-stub.ts'

const at = '2026-09-01T00:00:00.000Z'
const row = (id: number, state: string) => ({
  id,
  entryId: id * 10,
  kind: 'answer',
  topic: '电费异常',
  title: '电费突然变高怎么办',
  state,
  reviewId: id + 100,
  updatedAt: at,
})
const withdraw = listCommands.find(one => one.id === 'withdraw')
let asked: Asked[]
let state = 'in_review'

beforeEach(async () => {
  state = 'in_review'
  ;({ asked } = stubServer({
    'GET /api/revisions': () => ({ total: 1, revisions: [row(1, state)] }),
    'POST /api/reviews/101/withdrawal': () => {
      state = 'draft'
      return { state: 'withdrawn' }
    },
  }))
  await loadList('mine')
})
afterEach(() => {
  closeDialog()
  mine.value = []
  document.body.innerHTML = ''
  vi.unstubAllGlobals()
})

it('a draft under review is taken back from the list, which then says so', async () => {
  const page = mount(ListPage, { global: { plugins: [i18n] }, attachTo: document.body })
  expect(withdraw?.when()).toBe(true)
  withdraw?.run()
  await flushPromises()
  await page.find('.form textarea').setValue('漏了一种情形')
  await page.find('.form').trigger('submit')
  await flushPromises()
  expect(asked.find(one => one.method === 'POST')?.body).toEqual({ reason: '漏了一种情形' })
  await vi.waitFor(() => expect(page.find('.entry-row').text()).toContain('草稿'))
  expect(withdraw?.when()).toBe(false)
  page.unmount()
})

it('a withdrawal stands among what happened to a revision', () => {
  const withdrawal = { name: '陈曦', at: '2026-09-03T00:00:00.000Z', reason: '漏了一种情形' }
  const review = { id: 1, kind: 'publication' as const, round: 1, state: 'withdrawn' as const }
  const opened = { name: '陈曦', at: '2026-09-02T00:00:00.000Z' }
  const lines = happeningsOf({
    id: 1,
    number: 1,
    title: '电费突然变高怎么办',
    state: 'draft',
    authors: [{ id: 1, name: '陈曦' }],
    createdAt: at,
    reviews: [{ ...review, opened, votes: [], withdrawal }],
    publications: [],
  })
  expect(lines.map(one => one.kind)).toEqual(['written', 'submitted', 'withdrawn'])
  expect(lines[2]).toMatchObject({ who: '陈曦', reason: '漏了一种情形' })
})

it('what was said of a draft before it was withdrawn stands beside its fields', async () => {
  const remark = {
    name: '赵岚',
    department: 'market',
    at,
    field: 'say',
    paragraph: null,
    text: '再短一点',
    round: 1,
  }
  const review = { id: 101, round: 1, votes: [], comments: [remark] }
  stubServer({ 'GET /api/reviews/101': () => review })
  revision.value = { id: 1, state: 'draft', reviewId: 101 } as typeof revision.value
  await lastRound.load()
  expect(lastRound.remarksOn('say').map(one => one.text)).toEqual(['再短一点'])
  revision.value = { id: 2, state: 'draft', reviewId: null } as typeof revision.value
  await lastRound.load()
  expect(lastRound.remarksOn('say')).toEqual([])
  revision.value = undefined
})
