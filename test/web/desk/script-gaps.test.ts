import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { current } from '../../../web/desk/call.ts'
import { followGaps, gapsOpen } from '../../../web/desk/gap-filling.ts'
import { keepFollowing } from '../../../web/desk/kept-following.ts'
import { PLACES } from '../../../web/desk/places.ts'
import { fillFromCall } from '../../../web/desk/script-filling.ts'
import { callOf, openFollowing, press, type FollowingPage } from './following-page.ts'

const [NAME, ACCOUNT] = ['欧阳女士', '3301998877']

let desk: FollowingPage
let stop: (() => void)[]
const box = () => document.activeElement as HTMLInputElement
async function write(words: string): Promise<void> {
  box().value = words
  box().dispatchEvent(new Event('change', { bubbles: true }))
  await flushPromises()
}
/** The second step, which greets the caller and names the account, with both filled in. */
async function fillIn(): Promise<void> {
  await press('h')
  await press(' ')
  await press('t')
  await write(NAME)
  await press('Enter')
  await write(ACCOUNT)
  await press('Enter')
}

beforeEach(async () => {
  desk = await openFollowing()
  stop = [followGaps(), keepFollowing()]
})
afterEach(() => {
  stop.forEach(undo => undo())
  desk.close()
})

it('T goes through what only the caller can tell, and the line is read with it', async () => {
  await fillIn()
  expect(desk.spoken()).toContain(`${NAME}您好`)
  expect(desk.spoken()).toContain(`户号${ACCOUNT}，我是10001`)
  expect([gapsOpen.value, document.activeElement?.id]).toEqual([false, PLACES.answer])
  await press('t')
  expect(box().value).toBe(NAME)
  await press('Escape')
  expect(gapsOpen.value).toBe(false)
})

it('it stays in the memory of the page: nothing of it is sent or stored', async () => {
  desk.server['PUT /api/calls/5/outcome'] = () => current.value
  await fillIn()
  await press(' ')
  await press('f')
  const kept = JSON.stringify([{ ...localStorage }, { ...sessionStorage }])
  const sent = JSON.stringify(desk.asked.map(one => [one.url.href, one.body]))
  expect(sent).toContain('"step":3')
  expect(kept).toContain('firstline.following')
  for (const words of [NAME, ACCOUNT]) expect(kept + sent).not.toContain(words)
})

it.each([
  ['the call ends', { endedAt: '2026-11-22T08:00:00.000Z' }],
  ['the next call begins', { id: 6 }],
])('it is forgotten when %s', async (_name, now) => {
  await fillIn()
  expect(fillFromCall('客户.户号')).toEqual({ text: ACCOUNT })
  current.value = callOf(now)
  expect([fillFromCall('客户.户号'), fillFromCall('客户.称呼')]).toEqual([
    { gap: 'script.gap.ask' },
    { gap: 'script.gap.ask' },
  ])
})

it('it outlives a word of the server on the same call, and the steps in between', async () => {
  await fillIn()
  current.value = callOf({ topic: '故障停电' })
  await press(' ')
  await press('ArrowLeft')
  expect(desk.spoken()).toContain(NAME)
})

it('leaves the keys of an input method alone, and is not there where nothing is to be asked', async () => {
  await press('h')
  await press('t')
  expect([gapsOpen.value, desk.page.find('.step-gaps').exists()]).toEqual([false, false])
  await press(' ')
  await press('t')
  const first = box()
  await press('Enter', { isComposing: true })
  expect(document.activeElement).toBe(first)
  await press('8', { altKey: true, code: 'Digit8' })
  await press('ArrowRight')
  expect(document.activeElement).toBe(first)
})
