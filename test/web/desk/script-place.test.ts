import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { current } from '../../../web/desk/call.ts'
import { following, leaveScript, spot } from '../../../web/desk/following.ts'
import { keepFollowing, restoreFollowing } from '../../../web/desk/kept-following.ts'
import { lookAtScript } from '../../../web/desk/script-view.ts'
import { callOf, openFollowing, press, scriptOf, type FollowingPage } from './following-page.ts'

let desk: FollowingPage
beforeEach(async () => (desk = await openFollowing()))
afterEach(() => desk.close())

describe('after a reload', () => {
  it('the place is where this tab was', async () => {
    const stop = keepFollowing()
    await press('h')
    await press(' ')
    await press('1')
    const kept = sessionStorage.getItem('firstline.following')
    stop()
    leaveScript()
    sessionStorage.setItem('firstline.following', kept!)
    await restoreFollowing()
    expect([spot.value?.step, desk.page.find('.step-page').exists()]).toEqual([2, true])
  })

  it('the place is the last step the server knows, with its notes, where the tab knows none', async () => {
    const row = { scriptId: 7, revision: 1, branch: null, note: null, at: '2026-11-22T07:59:00.000Z' }
    current.value = callOf({
      followed: [
        { ...row, step: 1 },
        { ...row, step: 5, branch: 0 },
        { ...row, step: 5, note: '药要冷藏' },
      ],
    })
    await restoreFollowing()
    expect(following.value?.trail.map(one => one.step)).toEqual([1, 5])
    expect(following.value?.notes).toEqual({ 5: '药要冷藏' })
    await flushPromises()
    expect(desk.page.find('.followed-line').text()).toContain('第 5 步')
  })

  it('a script that was left stays left', async () => {
    const stop = keepFollowing()
    await press('h')
    await press('H', { shiftKey: true })
    stop()
    const row = { scriptId: 7, revision: 1, branch: null, note: null, at: '2026-11-22T07:59:00.000Z' }
    current.value = callOf({ followed: [{ ...row, step: 1 }] })
    await restoreFollowing()
    expect(following.value).toBeNull()
  })
})

describe('what becomes of the call and of the script', () => {
  it('the outcome is owed to the script', async () => {
    desk.server['PUT /api/calls/5/outcome'] = () => current.value
    await press('h')
    await press('f')
    const said = desk.asked.find(one => one.method === 'PUT')
    expect(said?.body).toEqual({ verdict: 'follow_up', scriptId: 7, wrapCode: '故障停电' })
  })

  it('at the end of the script the wrap code can be put otherwise, by Z', async () => {
    desk.server['PUT /api/calls/5/outcome'] = () => current.value
    await press('h')
    await press('2')
    await press('z')
    const field = document.activeElement as HTMLInputElement
    expect(field.value).toBe('故障停电')
    field.value = '冷藏药品'
    field.dispatchEvent(new Event('input'))
    await press('r')
    await press('Enter')
    await press('r')
    const said = desk.asked.filter(one => one.method === 'PUT').map(one => one.body)
    expect(said).toEqual([{ verdict: 'resolved', scriptId: 7, wrapCode: '冷藏药品' }])
  })

  it('a newer version waits until U, at the same step', async () => {
    await press('h')
    await press(' ')
    const [first, second, ...rest] = scriptOf().steps
    const lines = [{ speaker: 'agent' as const, text: '新的第二步。' }]
    desk.server['GET /api/scripts/7'] = () =>
      scriptOf({ revision: 2, steps: [first!, { ...second!, lines }, ...rest] })
    await lookAtScript()
    await flushPromises()
    expect(desk.spoken()).not.toContain('新的第二步。')
    await press('u')
    expect([spot.value?.step, desk.spoken()]).toEqual([2, expect.stringContaining('新的第二步。')])
  })
})
