import { flushPromises, mount } from '@vue/test-utils'
import type { Component } from 'vue'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { RevisionView } from '#server/contract/writing.ts'
import { me } from '../../../web/api/index.ts'
import { i18n } from '../../../web/app/i18n.ts'
import AuthorsField from '../../../web/drafts/AuthorsField.vue'
import { startWriting } from '../../../web/entries/start-writing.ts'
import { change, revision, session, text } from '../../../web/entries/writing.ts'
import { toasts } from '../../../web/ui/toasts.ts'
import { problem, stubServer, type Answer, type Asked } from '../server-stub.ts'
import { draft } from './drafts.ts'

const chen = { id: 1, name: '陈曦', department: 'market', hasWritten: true }
const lin = { id: 2, name: '林岚', department: 'safety', hasWritten: false }
const shown = {
  ...draft(),
  id: 5,
  entryId: 50,
  number: 1,
  version: 1,
  state: 'draft',
  basis: [],
  authors: [chen],
}
let asked: Asked[]
let stop: () => void
let put: Answer

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  put = () => ({ authors: [chen, lin] })
  ;({ asked } = stubServer({
    'GET /api/revisions/5': () => ({
      ...shown,
      reviewId: null,
      mayEdit: true,
      updatedAt: '2026-09-01T00:00:00.000Z',
    }),
    'GET /api/entries/50/queries': () => ({ queries: [] }),
    'GET /api/experts': () => ({ experts: [chen, lin] }),
    'PUT /api/revisions/5/co-authors/2': (url, init) => put(url, init),
    'DELETE /api/revisions/5/co-authors/2': () => ({ authors: [chen] }),
  }))
  me.value = { id: 1, name: '陈曦', workNo: '2001', roles: ['expert'], department: 'market' }
  stop = startWriting(5)
  await flushPromises()
})
afterEach(() => {
  stop()
  toasts.value = []
  me.value = undefined
  document.body.innerHTML = ''
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const show = () =>
  mount(AuthorsField as Component, {
    props: { session },
    global: { plugins: [i18n] },
    attachTo: document.body,
  })
const find = async (page: ReturnType<typeof show>) => {
  await page.find('input').setValue('林')
  await vi.advanceTimersByTimeAsync(200)
  await flushPromises()
  return page.findAll('[role=option]')
}

it('offers experts who are no authors yet, by key, and shows who has not written', async () => {
  const page = show()
  const options = await find(page)
  expect(asked.at(-1)?.url.searchParams.get('q')).toBe('林')
  expect(options.map(one => one.text())).toEqual(['林岚 safety'])
  await page.find('input').trigger('keydown', { key: 'Enter' })
  await flushPromises()
  expect(page.findAll('.authors > ul > li').map(one => one.text())).toEqual([
    expect.stringContaining('您'),
    expect.stringContaining('还没动笔'),
  ])
  page.unmount()
})

it('touches neither the words being typed nor where they are typed', async () => {
  const page = show()
  change('say', '正在写的一句。')
  const before = text.value
  await find(page)
  await page.find('input').trigger('keydown', { key: 'Enter' })
  await flushPromises()
  expect(revision.value?.authors).toHaveLength(2)
  expect(text.value).toBe(before)
  expect(document.activeElement).not.toBe(document.getElementById('write-standardQuestion'))
  expect(asked.filter(one => one.url.pathname === '/api/revisions/5')).toHaveLength(1)
  page.unmount()
})

it('takes away only who has not written', async () => {
  revision.value = { ...(revision.value as RevisionView), authors: [chen, lin] }
  const page = show()
  const buttons = page.findAll('.authors li button')
  expect(buttons.map(one => one.text())).toEqual(['去掉林岚'])
  await buttons[0]?.trigger('click')
  await flushPromises()
  expect(revision.value?.authors).toEqual([chen])
  page.unmount()
})

it('says why one cannot be named', async () => {
  put = () => problem('person.not_found', 404)
  const page = show()
  await find(page)
  await page.find('input').trigger('keydown', { key: 'Enter' })
  await flushPromises()
  expect(toasts.value).toHaveLength(1)
  expect(revision.value?.authors).toEqual([chen])
  page.unmount()
})

it('offers nothing where the text stands still', () => {
  revision.value = { ...(revision.value as RevisionView), authors: [chen, lin], mayEdit: false }
  const page = show()
  expect(page.findAll('input, button')).toHaveLength(0)
  page.unmount()
})
