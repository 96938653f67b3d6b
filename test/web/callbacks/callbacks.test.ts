import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { number, result, retryAt } from '../../../web/callbacks/calling.ts'
import { dialog } from '../../../web/callbacks/commands.ts'
import { press, said } from '../answer-page.ts'
import { problem } from '../server-stub.ts'
import { callback, openCallbacks, type CallbackPage } from './page.ts'

let open: CallbackPage
afterEach(() => open.close())

const NUMBER = '/api/callbacks/1/number'
const RESULT = '/api/questions/101/callback'
const noted = () => open.to('PUT', RESULT).at(-1)?.body

describe('the number of a customer', () => {
  it('is shown by Enter or N alone, once, and is put away when one moves on', async () => {
    open = await openCallbacks([callback(1), callback(2)])
    expect(open.page.text()).toContain('补贴每月二十号前到账。')
    expect(open.page.text()).toContain('每次查看号码都会留下记录')
    expect(open.to('GET', NUMBER)).toHaveLength(0)
    await press('Enter')
    expect(open.page.text()).toContain('13800138000')
    await press('n')
    expect(open.to('GET', NUMBER)).toHaveLength(1)
    await press('ArrowDown')
    expect([number.value, open.page.text().includes('13800138000')]).toEqual([undefined, false])
  })

  it('stays while the list is read anew, and is gone with the screen', async () => {
    open = await openCallbacks([callback(1)])
    await press('n')
    document.dispatchEvent(new Event('visibilitychange'))
    await flushPromises()
    expect(open.page.text()).toContain('13800138000')
    open.page.unmount()
    expect(number.value).toBeUndefined()
  })

  it('is not asked for while there is nothing to tell, or by who does not hold it', async () => {
    open = await openCallbacks([callback(1, { state: 'waiting', say: null, entryId: null, readyAt: null })])
    await press('n')
    expect(open.page.text()).toContain('还没有可以告诉客户的')
    open.close()
    open = await openCallbacks([callback(1, { isMine: false })], ['supervisor'])
    await press('n')
    expect(open.page.text()).toContain('号码只给负责这条回拨的人看')
    expect(open.to('GET', NUMBER)).toHaveLength(0)
  })
})

describe('how a call ended', () => {
  it.each([
    ['1', { result: 'reached', solved: true }],
    ['2', { result: 'reached', solved: false }],
    ['3', { result: 'not_reached' }],
    ['4', { result: 'wrong_number' }],
    ['5', { result: 'not_wanted' }],
  ])('is noted by %s and Enter', async (key, body) => {
    open = await openCallbacks([callback(1)])
    open.server[`PUT ${RESULT}`] = () => ({ state: 'done' })
    await press(key)
    expect(document.activeElement?.id).toBe('callback-note')
    expect(noted()).toBeUndefined()
    await press('Enter')
    expect([noted(), said(), result.value]).toEqual([body, 'callbacks.toast.done', undefined])
    expect(document.activeElement?.id).toBe('callback-list')
  })

  it('has a word with it, and when to try again by the clock of China', async () => {
    open = await openCallbacks([callback(1)])
    open.server[`PUT ${RESULT}`] = () => ({ state: 'later' })
    await press('3')
    expect(open.page.text()).toContain('不填：4 小时后')
    await open.page.find('#callback-note').setValue('占线')
    retryAt.value = '2026-11-22T18:30'
    await press('Enter')
    expect(noted()).toEqual({ result: 'not_reached', retryAt: '2026-11-22T10:30:00.000Z', note: '占线' })
  })

  it('that is refused stays as it was noted', async () => {
    open = await openCallbacks([callback(1)])
    open.server[`PUT ${RESULT}`] = () =>
      problem('request.invalid', 422, { fields: [{ path: 'body.retryAt', message: 'x' }] })
    await press('3')
    await open.page.find('#callback-note').setValue('占线')
    await press('Enter')
    expect(open.page.find('.fault').text()).toContain('30 天以内')
    expect((open.page.find('#callback-note').element as HTMLInputElement).value).toBe('占线')
    await press('Escape')
    expect([result.value, document.activeElement?.id]).toEqual([undefined, 'callback-list'])
  })

  it('can only be that they want no more before there is an answer', async () => {
    open = await openCallbacks([callback(1, { state: 'waiting', say: null, entryId: null })])
    await press('1')
    expect(result.value).toBeUndefined()
    await press('5')
    expect(result.value).toBe('not_wanted')
  })
})

describe('what is told', () => {
  it('is the reason where the question was refused, and nothing where the answer lapsed', async () => {
    open = await openCallbacks([callback(1, { say: null, entryId: null, refusal: '这件事归物业管。' })])
    expect(open.page.text()).toContain('这件事归物业管。')
    open.close()
    open = await openCallbacks([callback(1, { say: null, isLapsed: true })])
    expect(open.page.text()).toContain('先不要打')
  })

  it('of an empty list is a sentence', async () => {
    open = await openCallbacks([])
    expect(open.page.text()).toContain('现在没有要打的')
  })
})

describe('a supervisor', () => {
  it('sees everyone’s and hands one over', async () => {
    open = await openCallbacks([callback(1, { isMine: false })], ['supervisor'])
    open.server['GET /api/callback-holders'] = () => ({
      agents: [{ id: 9, name: '周宁', department: 'service' }],
    })
    open.server['PUT /api/callbacks/1/holder'] = () =>
      callback(1, { holder: { id: 9, name: '周宁', hasLeft: false } })
    await press('a')
    expect(open.to('GET', '/api/callbacks').at(-1)?.url.search).toContain('all=true')
    await press('h')
    await flushPromises()
    await open.page.find('select').setValue('9')
    await open.page.find('form').trigger('submit')
    await flushPromises()
    expect(open.to('PUT', '/api/callbacks/1/holder').at(-1)?.body).toEqual({ personId: 9 })
    expect(said()).toBe('callbacks.toast.handedOver')
  })

  it('alone may do so', async () => {
    open = await openCallbacks([callback(1)])
    await press('h')
    await press('a')
    expect(dialog.value).toBeUndefined()
    expect(open.asked.some(one => one.url.search.includes('all'))).toBe(false)
  })
})
