import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Component } from 'vue'
import { i18n } from '../../../web/app/i18n.ts'
import ListPage from '../../../web/scripts/ListPage.vue'
import NewScriptDialog from '../../../web/scripts/NewScriptDialog.vue'
import { beginRevision, draftFrom, findBeginnings } from '../../../web/scripts/beginning.ts'
import { listCommands } from '../../../web/scripts/list-commands.ts'
import { chosen, loadLists, scriptClass, words } from '../../../web/scripts/lists.ts'
import { LIST, go, place, placeAt } from '../../../web/scripts/place.ts'
import { stubServer, type Answer } from '../server-stub.ts'
import { METHOD, TEXT, VIEW } from './sample.ts'

const at = '2026-09-01T00:00:00.000Z'
const hit = (id: number, title: string) => ({
  kind: 'script',
  id,
  title,
  topic: '故障停电',
  category: '供电可靠',
  say: '什么时候用',
  labels: id === 8 ? ['引用已更新'] : [],
  scriptClass: id === 8 ? 'tariff' : 'quality',
})
const draft = {
  id: 40,
  entryId: 4,
  kind: 'script',
  title: '我的稿子',
  topic: '',
  state: 'draft',
  reviewId: null,
  updatedAt: at,
}
const ROUTES: Record<string, Answer> = {
  'GET /api/revisions': () => ({ total: 2, revisions: [draft, { ...draft, id: 41, kind: 'answer' }] }),
  'GET /api/search': url => ({
    hits: url.searchParams.get('kind') === 'script' ? [hit(7, '冰箱里有药'), hit(8, '电费高')] : [],
  }),
  'GET /api/scripts/7': () => VIEW,
  'GET /api/method': () => METHOD,
}
const question = (id: number, text: string) => ({ id, text, category: '供电可靠' })
const show = (which: Component, props = {}) =>
  mount(which, { props, global: { plugins: [i18n] }, attachTo: document.body })
const run = (id: string) => listCommands.find(one => one.id === id)?.run()

beforeEach(() => go(LIST))
afterEach(() => {
  words.value = ''
  scriptClass.value = undefined
  document.body.innerHTML = ''
  vi.unstubAllGlobals()
})

it('every address shows its place; an unknown one the list', () => {
  expect(placeAt('/scripts/revisions/12')).toEqual({ page: 'writing', revision: 12 })
  expect(placeAt('/scripts/12')).toEqual({ page: 'script', script: 12 })
  expect(placeAt('/scripts/new')).toEqual({ page: 'list', begins: true })
  expect(placeAt('/scripts/x')).toEqual({ page: 'list', begins: false })
})

describe('the list', () => {
  it('has one’s own drafts before the scripts in force, and opens each where it belongs', async () => {
    stubServer(ROUTES)
    await loadLists()
    await flushPromises()
    const page = show(ListPage)
    expect(page.findAll('.script-row .title').map(one => one.text())).toEqual([
      '我的稿子',
      '冰箱里有药',
      '电费高',
    ])
    expect(page.text()).toContain('引用已更新')
    chosen.at.value = 0
    run('open')
    expect(place.value).toEqual({ page: 'writing', revision: 40 })
    chosen.at.value = 1
    run('open')
    expect(place.value).toEqual({ page: 'script', script: 7 })
    page.unmount()
  })

  it('tells the class of each script and is limited to one, without reading the scripts', async () => {
    const { asked } = stubServer(ROUTES)
    await loadLists()
    await flushPromises()
    const page = show(ListPage)
    expect(page.findAll('.script-row .meta').map(one => one.text().slice(0, 2))).toEqual([
      '我的',
      '品质',
      '资费',
    ])
    expect(asked.map(one => one.url.pathname).toSorted()).toEqual(['/api/revisions', '/api/search'])
    scriptClass.value = 'tariff'
    await flushPromises()
    expect(page.findAll('.script-row .title').map(one => one.text())).toEqual(['我的稿子', '电费高'])
    page.unmount()
  })

  it('says what to do when there is nothing', async () => {
    stubServer({
      ...ROUTES,
      'GET /api/revisions': () => ({ total: 0, revisions: [] }),
      'GET /api/search': () => ({ hits: [] }),
    })
    await loadLists()
    const page = show(ListPage)
    expect(page.find('[role=status]').text()).toContain('按 N')
    page.unmount()
  })
})

describe('beginning', () => {
  it('takes over what it begins from, and what was written before stays', async () => {
    const given = {
      title: '范本',
      category: '供电可靠',
      class: 'quality',
      scenario: '范本的场景',
      steps: TEXT.steps,
    }
    const { asked } = stubServer({
      ...ROUTES,
      'GET /api/script-beginnings': () => ({ draft: given }),
      'POST /api/scripts': () => ({ id: 5, revisionId: 50 }),
    })
    const dialog = show(NewScriptDialog)
    await flushPromises()
    const boxes = () => dialog.findAll<HTMLInputElement>('input[type=text]')
    await boxes()[0]?.setValue('我的标题')
    await dialog.findAll('input[name=beginning]')[1]?.trigger('change')
    await boxes()[0]?.trigger('focus')
    await new Promise(resolve => setTimeout(resolve, 20))
    await boxes()[0]?.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    await dialog.find('form').trigger('submit')
    await flushPromises()
    const { body } = asked.find(one => one.url.pathname === '/api/scripts')!
    expect(body).toMatchObject({
      title: '我的标题',
      scenario: '范本的场景',
      channel: '电话',
      steps: TEXT.steps,
    })
    expect(place.value).toEqual({ page: 'writing', revision: 50 })
    dialog.unmount()
  })

  it('says that who calls never decides how a complaint is handled', async () => {
    stubServer(ROUTES)
    const dialog = show(NewScriptDialog)
    await flushPromises()
    expect(dialog.text()).toContain('绝不影响投诉受不受理、办得快慢')
    expect(dialog.findAll('datalist option').map(one => one.attributes('value'))).toContain('支配型')
    dialog.unmount()
  })

  it('finds questions that were answered, by their words', async () => {
    const { asked } = stubServer({
      'GET /api/questions': url => ({
        questions:
          url.searchParams.get('state') === 'closed' ? [question(1, '停电药坏了'), question(2, '电费')] : [],
      }),
      'GET /api/script-beginnings': () => ({ draft: { title: '', category: '供电可靠', class: 'quality' } }),
    })
    const found = await findBeginnings('question', '药', new AbortController().signal)
    expect(found.map(one => one.id)).toEqual([1])
    await draftFrom('question', 1)
    expect(asked.at(-1)?.url.search).toBe('?questionId=1')
  })

  it('of a revision takes up one’s own that is still open', async () => {
    const { asked } = stubServer(ROUTES)
    await beginRevision(4)
    expect(place.value).toEqual({ page: 'writing', revision: 40 })
    expect(asked.some(one => one.method === 'POST')).toBe(false)
  })
})
