import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { current } from '../../../web/desk/call.ts'
import { NOTE } from '../../../web/desk/follow-actions.ts'
import { following } from '../../../web/desk/following.ts'
import { place } from '../../../web/desk/places.ts'
import { lookAtScript } from '../../../web/desk/script-view.ts'
import { toasts } from '../../../web/ui/toasts.ts'
import { problem } from '../server-stub.ts'
import { callOf, openFollowing, press, type FollowingPage } from './following-page.ts'

const hidden = () => problem('script.not_found', 404)

let desk: FollowingPage
/** A call of its own for each test: what was taken away is told until the next call. */
let id = 100
const path = () => `/api/calls/${id}/script-steps`
const answerSteps = (how: () => unknown) => (desk.server[`POST ${path()}`] = how as () => object)
const told = () => desk.page.find('.withdrawn-script')
async function note(words: string): Promise<void> {
  await press('j')
  const box = document.getElementById(NOTE) as HTMLInputElement
  box.value = words
  box.dispatchEvent(new Event('input'))
  await flushPromises()
}

beforeEach(async () => {
  desk = await openFollowing()
  id += 1
  current.value = callOf({ id })
  answerSteps(() => current.value)
  desk.server[`PUT /api/calls/${id}/outcome`] = () => current.value
  toasts.value = []
  await press('h')
})
afterEach(() => desk.close())

it('at the next step of a script that was hidden a sentence says so, with all that was noted', async () => {
  await note('孩子五岁，药要冷藏')
  await press('Enter')
  await press(' ')
  answerSteps(hidden)
  await note('电话 13900005678，对门有电')
  await press('Enter')
  await press(' ')
  expect([following.value, desk.page.find('.step-page').exists()]).toEqual([null, false])
  expect(told().attributes('role')).toBe('alert')
  expect(told().text()).toContain('“整栋楼停电，冰箱里有药”刚刚撤下，不要再照着念')
  expect(
    told()
      .findAll('li')
      .map(one => one.text()),
  ).toEqual(['第 1 步 孩子五岁，药要冷藏', '第 2 步 电话 ＊＊＊,对门有电'])
  expect(toasts.value).toEqual([])
})

it('what is just being written is kept, too, where the page notices by itself', async () => {
  await note('客户要主管回电')
  desk.server['GET /api/scripts/7'] = hidden
  await lookAtScript()
  await flushPromises()
  expect(told().text()).toContain('第 1 步 客户要主管回电')
  const sent = desk.asked.filter(one => one.url.pathname === path()).map(one => one.body)
  expect(sent).toEqual([{ scriptId: 7, step: 1 }])
})

it('/ leads back to the box, the call and its outcome go on, and the next call begins without it', async () => {
  answerSteps(hidden)
  await press(' ')
  expect(told().find('ul').exists()).toBe(false)
  await press('/')
  expect(place.value).toBe('box')
  ;(document.activeElement as HTMLElement).blur()
  await press('f')
  const said = desk.asked.find(one => one.method === 'PUT')
  expect(said?.body).toEqual({ verdict: 'follow_up' })
  expect(told().exists()).toBe(true)
  current.value = callOf({ id: id + 50 })
  await flushPromises()
  expect(told().exists()).toBe(false)
})

it('another refusal takes nothing away', async () => {
  answerSteps(() => problem('call.not_found', 404))
  await press(' ')
  expect([following.value === null, told().exists()]).toEqual([false, false])
  expect(toasts.value.map(one => one.key)).toEqual(['code.call.not_found'])
})
