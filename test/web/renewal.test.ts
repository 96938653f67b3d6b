import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { SearchReply } from '#server/contract/search.ts'
import { i18n } from '../../web/app/i18n.ts'
import HitItem from '../../web/desk/HitItem.vue'
import { opened, refusal } from '../../web/desk/answer.ts'
import { deskCommand } from '../../web/desk/commands.ts'
import { followAnswer, lookAgain } from '../../web/desk/renewal.ts'
import { chosen, hits, reply } from '../../web/desk/search.ts'
import { begin, entry, openAnswer, press, show, type AnswerPage } from './answer-page.ts'
import { problem } from './server-stub.ts'

const READ = 'GET /api/entries/1'
let open: AnswerPage
let stop = () => {}
const hit = (id: number) => ({
  ...entry(id),
  snippet: '',
  highlights: { title: [], snippet: [] },
  resolvedCount: 0,
})
const serve = (more: object) => (open.server[READ] = () => entry(1, more))
const cautions = () => open.page.findAll('.caution b').map(one => one.text())
const chips = () => open.page.findAll('.trust .chip').map(one => one.text())

beforeEach(() => {
  open = openAnswer()
  opened.value = true
  reply.value = { hits: [hit(1), hit(2)] } as unknown as SearchReply
  chosen.value = 1
})
afterEach(() => {
  stop()
  open.close()
  reply.value = undefined
})

it('an open answer gets its labels when it is next looked at, in the pane, the line of trust and the list', async () => {
  expect([cautions(), chips()]).toEqual([[], []])
  serve({ labels: ['依据已更新', '有反馈'] })
  await lookAgain()
  await flushPromises()
  expect(cautions()).toEqual(['依据已更新', '有反馈'])
  expect(chips()).toEqual(['依据已更新', '有反馈'])
  const list = mount(HitItem, {
    props: { hit: hits.value[0]!, number: 1, chosen: true },
    global: { plugins: [i18n] },
  })
  expect(list.findAll('.chip.warn').map(one => one.text())).toEqual(['依据已更新', '有反馈'])
})

it('is looked at by itself, when the server is back, and after a report of one’s own', async () => {
  vi.useFakeTimers()
  stop = followAnswer()
  serve({ labels: ['依据已更新'] })
  await vi.advanceTimersByTimeAsync(15_000)
  expect(cautions()).toEqual(['依据已更新'])
  serve({ labels: ['有反馈'] })
  await begin()
  await press('1')
  await press('Enter')
  await vi.advanceTimersByTimeAsync(0)
  expect(cautions()).toEqual(['有反馈'])
})

it('an answer whose time is over is taken away then, and its hit with it', async () => {
  vi.useFakeTimers()
  const validUntil = new Date(Date.now() + 4_000).toISOString()
  serve({ validUntil })
  await lookAgain()
  stop = followAnswer()
  serve({ validUntil, labels: ['待核'] })
  await lookAgain()
  open.server[READ] = () => problem('entry.not_found', 404)
  await vi.advanceTimersByTimeAsync(3_999)
  expect(open.page.find('.say').exists()).toBe(true)
  await vi.advanceTimersByTimeAsync(1)
  expect(open.page.find('.say').exists()).toBe(false)
  expect(refusal.value).toMatchObject({ code: 'entry.not_found' })
  expect([hits.value.map(one => one.id), chosen.value]).toEqual([[2], 0])
})

it('a newer text does not take the place of what is being read until it is asked for', async () => {
  serve({ revision: 2, say: '新的口径。' })
  await lookAgain()
  await flushPromises()
  expect(open.page.find('.say').text()).toContain('请先别修')
  expect(open.page.find('.caution').text()).toContain('新版')
  await deskCommand('renew').run()
  await flushPromises()
  expect(open.page.find('.say').text()).toContain('新的口径')
  expect([open.page.find('.caution').exists(), deskCommand('renew').when()]).toEqual([false, false])
})

it('one that is only shown beside the list is renewed at once', async () => {
  opened.value = false
  serve({ revision: 2, say: '新的口径。' })
  await lookAgain()
  await flushPromises()
  expect(open.page.find('.say').text()).toContain('新的口径')
})

it('a look that was overtaken, or that finds no server, changes nothing', async () => {
  serve({ labels: ['有反馈'] })
  const look = lookAgain()
  show(2)
  await look
  expect(open.page.text()).not.toContain('有反馈')
  show(1)
  for (const gone of [() => problem('server.fault', 500), () => problem('session.required', 401)]) {
    open.server[READ] = gone
    await lookAgain()
    expect(open.page.find('.say').exists()).toBe(true)
  }
})
