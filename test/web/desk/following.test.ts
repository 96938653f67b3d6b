import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { preview } from '../../../web/desk/answer.ts'
import { followCall } from '../../../web/desk/follow-actions.ts'
import { deskCommands } from '../../../web/desk/commands.ts'
import { following, spot } from '../../../web/desk/following.ts'
import { PLACES, place } from '../../../web/desk/places.ts'
import { current } from '../../../web/desk/call.ts'
import { commandFor } from '../../../web/ui/hotkeys.ts'
import { reply } from '../../../web/desk/search.ts'
import { entry } from '../answer-page.ts'
import { callOf, openFollowing, press, type FollowingPage } from './following-page.ts'

let desk: FollowingPage
beforeEach(async () => (desk = await openFollowing()))
afterEach(() => desk.close())

const at = () => spot.value?.step

describe('following a script by keyboard alone', () => {
  it('begins with H at the first step, the own words in large type and the next step in sight', async () => {
    await press('h')
    expect([at(), place.value]).toEqual([1, 'answer'])
    expect(desk.spoken()).toContain('听得出您很着急。')
    expect(desk.page.find('.script-words.optional').text()).toContain('可选')
    expect(desk.page.find('.script-words.customer').text()).toContain('都黑了一个多钟头了！')
    expect(desk.page.find('.coming').text()).toContain('第 2 步')
  })

  it('goes on with Space, → and Enter, and back with ←', async () => {
    await press('h')
    await press(' ')
    await press('ArrowRight')
    await press('Enter')
    expect(at()).toBe(4)
    await press('ArrowLeft')
    expect(at()).toBe(3)
  })

  it('answers a branch by its figure, then goes where the branch leads', async () => {
    await press('h')
    await press('1')
    expect([at(), spot.value?.answering]).toEqual([1, 0])
    expect(desk.spoken()).toContain('我不能随口给您一个钟点。')
    await press(' ')
    expect(at()).toBe(5)
    expect(desk.sent().at(-1)).toEqual({ scriptId: 7, step: 5, branch: 0 })
  })

  it('follows a branch without words at once, also to the end of the call', async () => {
    await press('h')
    await press('3')
    expect(at()).toBe(3)
    await press('ArrowLeft')
    await press('2')
    expect(at()).toBe('end')
    expect(desk.spoken()).toContain('话术走完了')
  })

  it('jumps to a step with Alt and its number', async () => {
    await press('h')
    await press('9', { altKey: true, code: 'Digit9' })
    expect(at()).toBe(9)
    expect(desk.sent().at(-1)).toEqual({ scriptId: 7, step: 9 })
  })

  it('lists the steps with L, to be gone through by arrows and left by Esc', async () => {
    await press('h')
    await press('l')
    expect(document.activeElement?.textContent).toContain('听得出您很着急。')
    await press('ArrowDown')
    await press('ArrowDown')
    expect(document.activeElement?.textContent).toContain('正在抢修。')
    ;(document.activeElement as HTMLElement).click()
    await press('l')
    await press('Escape')
    expect([at(), place.value]).toEqual([3, 'answer'])
    await press('l')
    await press('6')
    expect(at()).toBe(6)
  })

  it('leaves a focused button its Enter', async () => {
    await press('h')
    desk.page.find<HTMLElement>('.step-branches button').element.focus()
    await press('Enter')
    expect(at()).toBe(1)
  })

  it('ignores keys of an input method', async () => {
    await press('h', { isComposing: true })
    expect(following.value).toBeNull()
    await press('h')
    await press(' ', { isComposing: true })
    await press('1', { isComposing: true })
    expect([at(), spot.value?.answering]).toEqual([1, null])
  })
})

/** The commands that a key would run now. */
const able = (key: string) =>
  deskCommands.filter(one => one.keys.includes(key) && one.when()).map(one => one.id)

describe('keys that mean something else beside the step', () => {
  it('never mean two things at once', async () => {
    reply.value = { hits: [{ id: 7, kind: 'script', labels: [] }] } as unknown as typeof reply.value
    await press('h')
    expect([able('1'), able('alt+1'), able('enter')]).toEqual([['takeBranch'], ['jumpToStep'], ['nextStep']])
    expect(able('h')).toEqual([])
    document.getElementById(PLACES.list)?.focus()
    expect(able('h')).toEqual(['follow'])
    expect([able('1'), able('alt+1')]).toEqual([['openNumber'], ['openNumberInBox']])
  })

  it('are text in the search box, which / still reaches', async () => {
    await press('h')
    await press('/')
    expect(place.value).toBe('box')
    const around = { typing: true, inDialog: false, singleKeys: true }
    for (const key of [' ', '1', 'h', 'l'])
      expect(commandFor(new KeyboardEvent('keydown', { key }), deskCommands, around)).toBeUndefined()
    expect(at()).toBe(1)
  })
})

describe('a search while a script is followed', () => {
  it('keeps the place, and Alt H takes it up from the box', async () => {
    await press('h')
    await press(' ')
    document.getElementById(PLACES.box)?.focus()
    desk.server['GET /api/entries/2'] = () => entry(2)
    await preview({ kind: 'answer', id: 2 })
    await press('Shift')
    expect(desk.page.find('.step-page').exists()).toBe(false)
    expect(desk.page.find('.followed-line').text()).toContain('第 2 步')
    await press('h', { altKey: true, code: 'KeyH' })
    expect([at(), place.value, desk.page.find('.step-page').exists()]).toEqual([2, 'answer', true])
  })

  it('is over with the next call', async () => {
    const stop = followCall()
    await press('h')
    current.value = callOf({ id: 6 })
    await press('Shift')
    expect(following.value).toBeNull()
    stop()
  })
})
