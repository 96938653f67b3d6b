import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PAUSE, Saving } from '../../../web/drafts/saving.ts'
import type { Draft } from '../../../web/entries/texts.ts'
import { draft, said } from '../entries/drafts.ts'
import { makeServer } from './saving-server.ts'

let server: ReturnType<typeof makeServer>['server']
let saving: Saving<Draft>
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const other = (say: string) => (server.now = { version: server.now.version + 1, text: said(say) })

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

describe('two people on one draft', () => {
  it('are told and nothing is written over', async () => {
    other('她的口径')
    saving.change(said('我的口径'))
    await pass(PAUSE)
    expect(saving.state.value).toEqual({ is: 'conflict', theirs: server.now, base: draft() })
    expect(server.now.text.say).toBe('她的口径')
    saving.change(said('我的口径，再改'))
    await pass(60_000)
    expect(await saving.saveNow()).toBe(false)
    expect(server.now.text.say).toBe('她的口径')
    expect(server.copy?.say).toBe('我的口径，再改')
  })

  it('go on with what a person merged, on top of what the other wrote', async () => {
    other('她的口径')
    saving.change(said('我的口径'))
    await pass(PAUSE)
    expect(await saving.resolve(said('两人的口径'))).toBe(true)
    expect(server.now).toEqual({ version: 3, text: said('两人的口径') })
  })

  it('may merge by leaving it as the other wrote', async () => {
    other('她的口径')
    saving.change(said('我的口径'))
    await pass(PAUSE)
    expect(await saving.resolve(said('她的口径'))).toBe(true)
    expect(server.now.version).toBe(2)
    expect(server.copy).toBeUndefined()
  })

  it('meet again when the other saved while one merged', async () => {
    other('她的口径')
    saving.change(said('我的口径'))
    await pass(PAUSE)
    other('她又改了')
    expect(await saving.resolve(said('两人的口径'))).toBe(false)
    expect(saving.state.value).toMatchObject({ is: 'conflict', theirs: { text: said('她又改了') } })
    expect(server.copy?.say).toBe('两人的口径')
  })

  it('who wrote the same do not disagree', async () => {
    other('一样')
    saving.change(said('一样'))
    expect(await saving.saveNow()).toBe(true)
    expect(saving.version).toBe(2)
  })
})
