import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LiveEvent } from '#server/contract/notification.ts'
import { hearEvents, online, reconnections, resumptions, signInWanted } from '../../web/api/index.ts'

/** A connection the page opened: with which last id, and the pipe its events come through. */
interface Opened {
  lastId: string | null
  isOpen: () => boolean
  send: (text: string) => Promise<void>
  close: () => Promise<void>
}

let opened: Opened[]
let heard: LiveEvent[]
let answer: () => Response | undefined
let stop: () => void
const TITLE = '电费账单看不懂怎么办？'
const told = (id: number) =>
  `id: ${id}\nevent: review.opened\ndata: ${JSON.stringify({ id, event: 'review.opened', subject: 'review:7', title: TITLE })}\n\n`
const passing = (ms: number) => vi.advanceTimersByTimeAsync(ms)

function open(init: RequestInit): Response {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  const signal = init.signal!
  signal.addEventListener('abort', () => void writer.abort(signal.reason).catch(() => undefined))
  const bytes = new TextEncoder()
  opened.push({
    lastId: new Headers(init.headers).get('last-event-id'),
    isOpen: () => !signal.aborted,
    send: async text => {
      void writer.write(bytes.encode(text))
      await passing(0)
    },
    close: async () => {
      void writer.close()
      await passing(0)
    },
  })
  return { ok: true, status: 200, body: readable } as unknown as Response
}

function show(state: 'visible' | 'hidden'): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
  document.dispatchEvent(new Event('visibilitychange'))
}

beforeEach(async () => {
  vi.useFakeTimers()
  opened = []
  heard = []
  answer = () => undefined
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => answer() ?? open(init))
  stop = hearEvents(event => heard.push(event))
  await passing(0)
})
afterEach(() => {
  stop()
  vi.restoreAllMocks()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  online.value = true
})

describe('hearing events', () => {
  it('gives each one once to all who hear, over one connection', async () => {
    const other: LiveEvent[] = []
    const stopOther = hearEvents(event => other.push(event))
    await opened[0]?.send(`retry: 3000\nid: 3\n\n: still here\n\n${told(4)}`)
    expect(heard).toMatchObject([{ event: 'review.opened', subject: 'review:7', title: TITLE }])
    expect(other).toEqual(heard)
    stopOther()
    expect(opened).toHaveLength(1)
    expect(opened[0]?.isOpen()).toBe(true)
  })

  it('waits for the rest of an event that comes in pieces, also in the midst of a character', async () => {
    const bytes = new TextEncoder().encode(told(4))
    const cut = bytes.findIndex(byte => byte > 0x7f) + 1
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    answer = () => ({ ok: true, status: 200, body: readable }) as unknown as Response
    await opened[0]?.close()
    await passing(3_000)
    const writer = writable.getWriter()
    void writer.write(bytes.slice(0, cut))
    await passing(0)
    expect(heard).toEqual([])
    void writer.write(bytes.slice(cut))
    await passing(0)
    expect(heard).toMatchObject([{ title: TITLE }])
  })

  it('ends with the last who hears', async () => {
    stop()
    expect(opened[0]?.isOpen()).toBe(false)
    await passing(120_000)
    expect(opened).toHaveLength(1)
  })
})

describe('a connection that is lost', () => {
  it('comes back after the last notification it was sent, and says so', async () => {
    const before = resumptions.value
    await opened[0]?.send(`retry: 3000\nid: 3\n\n${told(4)}`)
    await opened[0]?.close()
    await passing(3_000)
    expect(opened.map(one => one.lastId)).toEqual([null, '4'])
    expect(resumptions.value).toBe(before + 1)
  })

  it('goes on after where a page began, when nothing was told', async () => {
    await opened[0]?.send('retry: 3000\nid: 3\n\n')
    await opened[0]?.close()
    await passing(3_000)
    expect(opened[1]?.lastId).toBe('3')
  })

  it('is not noticed by passing words, which have no id', async () => {
    await opened[0]?.send(
      'id: 3\n\nevent: review.changed\ndata: {"event":"review.changed","subject":"review:7"}\n\n',
    )
    expect(heard).toEqual([{ event: 'review.changed', subject: 'review:7' }])
    await opened[0]?.close()
    await passing(3_000)
    expect(opened[1]?.lastId).toBe('3')
  })

  it('is given up when it is silent for longer than the server ever is', async () => {
    await passing(50_000)
    await opened[0]?.send(': still here\n\n')
    await passing(50_000)
    expect(opened).toHaveLength(1)
    await passing(13_000)
    expect(opened).toHaveLength(2)
    expect(opened[0]?.isOpen()).toBe(false)
  })

  it('is asked for with growing pauses, and at once when the server is back', async () => {
    let asked = 0
    answer = () => {
      asked += 1
      throw new TypeError('Failed to fetch')
    }
    await opened[0]?.close()
    await passing(300_000)
    expect(asked).toBeGreaterThanOrEqual(6)
    expect(asked).toBeLessThanOrEqual(9)
    expect(online.value).toBe(false)
    answer = () => undefined
    reconnections.value += 1
    await passing(0)
    expect(opened).toHaveLength(2)
  })

  it('comes back when the person has signed in again, without asking them to', async () => {
    answer = () => new Response('{}', { status: 401 })
    await opened[0]?.close()
    await passing(10_000)
    expect(signInWanted.value).toBe(false)
    expect(opened).toHaveLength(1)
    answer = () => undefined
    signInWanted.value = true
    await passing(0)
    signInWanted.value = false
    await passing(0)
    expect(opened).toHaveLength(2)
  })
})

describe('a hidden page', () => {
  it('does not listen, and catches up when it is seen again', async () => {
    await opened[0]?.send(told(4))
    show('hidden')
    expect(opened[0]?.isOpen()).toBe(false)
    await passing(300_000)
    expect(opened).toHaveLength(1)
    show('visible')
    await passing(0)
    expect(opened[1]?.lastId).toBe('4')
  })
})
