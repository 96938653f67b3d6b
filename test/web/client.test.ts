import { afterEach, describe, expect, it, vi } from 'vitest'
import { address } from '../../web/api/client.ts'
import {
  ApiProblem,
  ApiUnreachable,
  call,
  dropWaiting,
  online,
  resumeAfterSignIn,
  serverNow,
  signInWanted,
  wordingOf,
} from '../../web/api/index.ts'
import { problem, settle, stubServer } from './server-stub.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  online.value = true
})

describe('an address', () => {
  it('fills in parameters and leaves out what is empty', () => {
    expect(address('/api/entries/:id', { id: 7 }, { call: undefined, how: 'list' })).toBe(
      '/api/entries/7?how=list',
    )
    expect(address('/api/search', {}, { q: '停电 &?', area: '' })).toBe(
      `/api/search?q=${encodeURIComponent('停电')}+%26%3F`,
    )
  })

  it('quotes what could break out of the path', () => {
    expect(address('/api/departments/:slug', { slug: '../x' })).toBe('/api/departments/..%2Fx')
  })
})

const refused = () => call('GET /api/recent-entries').catch((error: unknown) => error)

describe('a refusal', () => {
  it('becomes an ApiProblem with its code and fields', async () => {
    const fields = [{ path: 'query.limit', message: 'must be <= 100' }]
    stubServer({ 'GET /api/recent-entries': () => problem('request.invalid', 400, { fields }) })
    const error = await refused()
    expect(error).toBeInstanceOf(ApiProblem)
    expect(error).toMatchObject({ code: 'request.invalid', status: 400, fields })
    expect(wordingOf(error)).toBe('code.request.invalid')
  })

  it('without a code that is known is told by its status', async () => {
    stubServer({ 'GET /api/recent-entries': () => new Response('<h1>Bad gateway</h1>', { status: 502 }) })
    expect(wordingOf(await refused())).toBe('code.server.stopping')
    stubServer({ 'GET /api/recent-entries': () => problem('no.such.code', 500) })
    expect(wordingOf(await refused())).toBe('code.server.fault')
  })

  it('by no answer at all is being offline', async () => {
    stubServer({
      'GET /api/recent-entries': () => {
        throw new TypeError('Failed to fetch')
      },
    })
    const error = await refused()
    expect(error).toBeInstanceOf(ApiUnreachable)
    expect(wordingOf(error)).toBe('state.unreachable')
    expect(online.value).toBe(false)
  })
})

describe('a session that is over', () => {
  it('holds the request and repeats it after the sign-in', async () => {
    let signedIn = false
    const { asked } = stubServer({
      'PUT /api/calls/3/end': () => (signedIn ? { id: 3 } : problem('session.required', 401)),
    })
    const ended = call('PUT /api/calls/:id/end', { params: { id: 3 } })
    await settle()
    expect(signInWanted.value).toBe(true)
    signedIn = true
    resumeAfterSignIn()
    await expect(ended).resolves.toEqual({ id: 3 })
    expect(asked).toHaveLength(2)
    expect(signInWanted.value).toBe(false)
  })

  it('drops the request when somebody else signs in', async () => {
    stubServer({ 'GET /api/recent-entries': () => problem('session.required', 401) })
    const dropped = call('GET /api/recent-entries').catch((error: unknown) => error)
    await settle()
    dropWaiting()
    expect(await dropped).toMatchObject({ name: 'AbortError' })
  })

  it('is only a refusal where nobody need be signed in', async () => {
    stubServer({ 'GET /api/session': () => problem('session.required', 401) })
    await expect(call('GET /api/session', { gate: false })).rejects.toMatchObject({ status: 401 })
    expect(signInWanted.value).toBe(false)
  })
})

const answerAt = (ms: number) =>
  stubServer({
    'GET /api/recent-entries': () =>
      Response.json({ entries: [] }, { headers: { date: new Date(ms).toUTCString() } }),
  })

describe('the server’s clock', () => {
  it('is followed by a computer that runs wrong', async () => {
    answerAt(Date.now() + 3_600_000)
    await call('GET /api/recent-entries')
    expect(Math.abs(serverNow() - Date.now() - 3_600_000)).toBeLessThan(5_000)
    answerAt(Date.now())
    await call('GET /api/recent-entries')
    expect(Math.abs(serverNow() - Date.now())).toBeLessThan(5_000)
  })
})
