import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { degraded, health, look, online, reconnections, watchConnection } from '../../web/api/index.ts'
import { stubServer } from './server-stub.ts'

const health0 = {
  status: 'ok',
  version: '1',
  engine: { name: 'embedded', degraded: false, documents: 1 },
  database: { ok: true },
}
const gone = () => {
  throw new TypeError('Failed to fetch')
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('the connection', () => {
  it('asks for a lost server with growing pauses, and tells when it is back', async () => {
    const before = reconnections.value
    const lost = stubServer({ 'GET /api/health': gone })
    watchConnection()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(online.value).toBe(false)
    expect(lost.asked.length).toBeGreaterThanOrEqual(5)
    expect(lost.asked.length).toBeLessThanOrEqual(8)
    stubServer({ 'GET /api/health': () => health0 })
    await vi.advanceTimersByTimeAsync(15_000)
    expect(online.value).toBe(true)
    expect(reconnections.value).toBe(before + 1)
  })

  it('takes a proxy’s error page for no server', async () => {
    stubServer({ 'GET /api/health': () => new Response('bad gateway', { status: 502 }) })
    await look()
    expect(online.value).toBe(false)
  })

  it('says when search is degraded, and not while it knows nothing', async () => {
    stubServer({ 'GET /api/health': () => ({ ...health0, engine: { ...health0.engine, degraded: true } }) })
    await look()
    expect(degraded.value).toBe(true)
    online.value = false
    expect(degraded.value).toBe(false)
    expect(health.value?.version).toBe('1')
  })
})
