import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { noteReached } from '../../../web/api/connection.ts'
import { current } from '../../../web/desk/call.ts'
import { NOTE } from '../../../web/desk/follow-actions.ts'
import { spot } from '../../../web/desk/following.ts'
import { followUnsentSteps, unsentSteps } from '../../../web/desk/script-steps.ts'
import { toasts } from '../../../web/ui/toasts.ts'
import { later, problem } from '../server-stub.ts'
import { openFollowing, press, type FollowingPage } from './following-page.ts'

const SEND = 'POST /api/calls/5/script-steps'
const broken = () => {
  throw new TypeError('no connection')
}
const stepsSent = () => desk.sent().map(one => (one as { step: number }).step)

let desk: FollowingPage
beforeEach(async () => (desk = await openFollowing()))
afterEach(() => {
  desk.close()
  vi.useRealTimers()
})

describe('the steps that were come to', () => {
  it('are told to the server in their order, one after the other', async () => {
    const first = later<unknown>()
    desk.server[SEND] = () => first.promise
    await press('h')
    await press(' ')
    await press(' ')
    expect(stepsSent()).toEqual([1])
    desk.server[SEND] = () => current.value
    first.give(current.value)
    await flushPromises()
    expect(stepsSent()).toEqual([1, 2, 3])
    expect(unsentSteps.value).toEqual([])
  })

  it('wait while the server is gone and are sent once', async () => {
    desk.server[SEND] = broken
    const stop = followUnsentSteps()
    await press('h')
    await press(' ')
    await press(' ')
    expect([spot.value?.step, unsentSteps.value.length]).toEqual([3, 3])
    const tried = stepsSent().length
    const keys: (string | null)[] = []
    desk.server[SEND] = (_url, init) => {
      keys.push(new Headers(init.headers).get('idempotency-key'))
      return current.value
    }
    noteReached()
    await flushPromises()
    expect(stepsSent().slice(tried)).toEqual([1, 2, 3])
    expect([new Set(keys).size, unsentSteps.value.length]).toEqual([3, 0])
    expect(toasts.value.at(-1)?.key).toBe('toast.stepsSent')
    noteReached()
    await flushPromises()
    expect(stepsSent().length).toBe(tried + 3)
    stop()
  })

  it('outlive the page that could not send them', async () => {
    desk.server[SEND] = broken
    await press('h')
    unsentSteps.value = []
    desk.server[SEND] = () => current.value
    const stop = followUnsentSteps()
    await flushPromises()
    expect(desk.sent().at(-1)).toEqual({ scriptId: 7, step: 1 })
    expect(Object.keys(localStorage).filter(key => key.includes('script-step'))).toEqual([])
    stop()
  })

  it('are complained of once when they are refused, and following goes on', async () => {
    desk.server[SEND] = () => problem('call.over', 409)
    toasts.value = []
    await press('h')
    await press(' ')
    await flushPromises()
    expect([spot.value?.step, unsentSteps.value.length]).toEqual([2, 0])
    expect(toasts.value.filter(one => one.key === 'code.call.over').length).toBe(1)
  })
})

const write = (words: string) => {
  const box = document.getElementById(NOTE) as HTMLInputElement
  box.value = words
  box.dispatchEvent(new Event('input'))
}

describe('a note on a step', () => {
  it('is opened with J, left with Esc, and sent without numbers', async () => {
    await press('h')
    await press('j')
    expect(document.activeElement?.id).toBe(NOTE)
    write('药要冷藏 13900005678')
    await press('Escape')
    expect(desk.sent().at(-1)).toEqual({ scriptId: 7, step: 1, note: '药要冷藏 ＊＊＊' })
    expect(desk.page.find('.step-note').text()).toContain('药要冷藏')
    await press(' ')
    expect(spot.value?.step).toBe(2)
  })

  it('is not left by keys of an input method, and its letters are text', async () => {
    await press('h')
    await press('j')
    await press('Escape', { isComposing: true })
    await press('2')
    expect([document.activeElement?.id, spot.value?.step]).toEqual([NOTE, 1])
  })

  it('says nothing where nothing was written', async () => {
    await press('h')
    await press('j')
    await press('Enter')
    expect(desk.sent().length).toBe(1)
  })
})
