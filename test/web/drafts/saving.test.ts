import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PAUSE, Saving } from '../../../web/drafts/saving.ts'
import type { Draft } from '../../../web/entries/texts.ts'
import { draft, said } from '../entries/drafts.ts'
import { makeServer, offline, problem } from './saving-server.ts'

let server: ReturnType<typeof makeServer>['server']
let saving: Saving<Draft>
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

beforeEach(() => {
  vi.useFakeTimers()
  const made = makeServer()
  server = made.server
  saving = new Saving(server.now, made.ports)
})
afterEach(() => {
  saving.stop()
  vi.useRealTimers()
})

describe('saving a draft', () => {
  it('sends the text a pause after the last change, once', async () => {
    saving.change(said('请'))
    await pass(PAUSE - 1)
    saving.change(said('请您'))
    await pass(PAUSE - 1)
    expect(server.puts).toHaveLength(0)
    expect(saving.state.value.is).toBe('waiting')
    await pass(1)
    expect(server.puts).toEqual([said('请您')])
    expect(saving.state.value.is).toBe('saved')
    expect(saving.version).toBe(2)
  })

  it('has every character on this computer before the server is asked, and forgets it after', async () => {
    saving.change(said('请您先别修'))
    expect(server.copy?.say).toBe('请您先别修')
    await pass(PAUSE)
    expect(server.copy).toBeUndefined()
  })

  it('sends nothing when the text is as the server has it', async () => {
    saving.change(said('别的'))
    saving.change(draft())
    await pass(PAUSE)
    expect(server.puts).toHaveLength(0)
    expect(server.copy).toBeUndefined()
    expect(saving.state.value.is).toBe('saved')
  })

  it('saves one at a time: what was typed meanwhile follows on the new version', async () => {
    const { promise, resolve: go } = Promise.withResolvers<void>()
    server.hold = promise
    saving.change(said('一'))
    await pass(PAUSE)
    saving.change(said('一二'))
    const both = [saving.saveNow(), saving.saveNow()]
    await pass(PAUSE * 4)
    expect(server.puts).toHaveLength(1)
    expect(server.copy?.say).toBe('一二')
    go()
    expect(await Promise.all(both)).toEqual([true, true])
    expect(server.puts.map(text => text.say)).toEqual(['一', '一二'])
    expect(server.now).toEqual({ version: 3, text: said('一二') })
    expect(server.copy).toBeUndefined()
  })
})

describe('a server that cannot be reached', () => {
  it('is asked again with growing pauses, and the copy stays until it answers', async () => {
    server.fail = offline()
    saving.change(said('停电'))
    await pass(PAUSE)
    expect(saving.state.value).toMatchObject({ is: 'unsaved' })
    await pass(2_000 + 4_000 + 8_000)
    expect(server.puts).toHaveLength(4)
    expect(server.copy?.say).toBe('停电')
    saving.change(said('停电赔偿'))
    expect(server.copy?.say).toBe('停电赔偿')
    server.fail = undefined
    await pass(30_000)
    expect(saving.state.value.is).toBe('saved')
    expect(server.now.text.say).toBe('停电赔偿')
    expect(server.copy).toBeUndefined()
  })

  it('is asked at once when told that it is back', async () => {
    server.fail = problem('server.fault', 500)
    saving.change(said('停电'))
    await pass(PAUSE)
    expect(saving.state.value.is).toBe('unsaved')
    server.fail = undefined
    expect(await saving.saveNow()).toBe(true)
    expect(server.now.text.say).toBe('停电')
  })

  it.each([500, 503, 502, 429])('counts %i as passing', async status => {
    server.fail = problem('server.stopping', status)
    saving.change(said('停电'))
    await pass(PAUSE)
    expect(saving.state.value.is).toBe('unsaved')
  })

  it('that saved but whose answer was lost is no conflict', async () => {
    server.loses = true
    saving.change(said('停电'))
    await pass(PAUSE)
    expect(saving.state.value.is).toBe('unsaved')
    server.loses = false
    saving.change(said('停电赔偿'))
    expect(await saving.saveNow()).toBe(true)
    expect(server.now).toEqual({ version: 3, text: said('停电赔偿') })
  })

  it('that saved unheard what was then taken back gets it taken back', async () => {
    server.loses = true
    saving.change(said('停电'))
    await pass(PAUSE)
    server.loses = false
    saving.change(draft())
    await pass(5_000)
    expect(saving.state.value.is).toBe('saved')
    expect(server.now.text).toEqual(draft())
  })

  it('and a storage that is full are said together', async () => {
    server.fail = offline()
    server.storageFull = true
    saving.change(said('停电'))
    await pass(PAUSE)
    expect(saving.kept.value).toBe(false)
    server.fail = undefined
    await pass(2_000)
    expect([saving.state.value.is, saving.kept.value]).toEqual(['saved', true])
  })
})

describe('a session that is over', () => {
  it('asks for the sign-in once and then saves the latest text', async () => {
    server.fail = problem('session.required', 401)
    saving.change(said('停电'))
    await pass(PAUSE)
    expect(saving.state.value.is).toBe('signedOut')
    saving.change(said('停电赔偿'))
    await pass(60_000)
    expect([server.signIns, server.puts.length, server.copy?.say]).toEqual([1, 1, '停电赔偿'])
    server.fail = undefined
    server.signedIn()
    await pass(0)
    expect(saving.state.value.is).toBe('saved')
    expect(server.now.text.say).toBe('停电赔偿')
  })
})

describe('a refusal', () => {
  it('keeps the text here and tries again at the next change', async () => {
    server.fail = problem('request.invalid', 400)
    saving.change(said('长'.repeat(201)))
    await pass(PAUSE)
    expect(saving.state.value).toMatchObject({ is: 'refused', why: { code: 'request.invalid' } })
    await pass(60_000)
    expect([server.puts.length, server.copy?.say.length]).toEqual([1, 201])
    server.fail = undefined
    saving.change(said('短了'))
    await pass(PAUSE)
    expect(saving.state.value.is).toBe('saved')
  })
})
