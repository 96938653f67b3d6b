import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Problem } from '#server/contract/shapes.ts'
import { makeApp, type Client, type TestApp } from '../../support/app.ts'

let app: TestApp
let agent: Client

beforeAll(async () => {
  app = await makeApp()
  agent = await app.signIn('agent')
})
afterAll(() => app.close())

const send = (method: 'POST' | 'PUT', url: string, payload: string, type = 'application/json') =>
  app.inject({ method, url, payload, headers: { cookie: agent.cookie, 'content-type': type } })

function expectProblem(
  reply: { statusCode: number; headers: Record<string, unknown>; json: <T>() => T },
  status: number,
  code: string,
  path?: string,
) {
  expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/u)
  const body = reply.json<Problem>()
  expect(body).toMatchObject({ type: 'about:blank', status, code })
  expect(reply.statusCode).toBe(status)
  if (path !== undefined) expect(body.fields?.map(field => field.path)).toContain(path)
}

describe('a body that does not fit', () => {
  const time = '2026-11-22T02:00:00Z'
  const notice = { kind: 'fault', areas: ['东城区'], startsAt: time, endsAt: time, say: '正在抢修' }
  test.each([
    ['a list for an object', '/api/calls', [], 'body'],
    ['a number for a text', '/api/calls', { area: 12 }, 'body.area'],
    ['an empty text', '/api/calls', { area: '' }, 'body.area'],
    ['a field nobody knows', '/api/calls', { 客户: '张三' }, 'body.客户'],
    ['a text too long', '/api/calls', { area: '区'.repeat(61) }, 'body.area'],
    ['a missing field', '/api/notices', { ...notice, say: undefined }, 'body.say'],
    ['a word outside the list', '/api/notices', { ...notice, kind: '台风' }, 'body.kind'],
    ['an empty list', '/api/notices', { ...notice, areas: [] }, 'body.areas'],
    ['a wrong item of a list', '/api/notices', { ...notice, areas: ['东城区', 7] }, 'body.areas.1'],
    ['a date in words', '/api/notices', { ...notice, endsAt: '明天下午' }, 'body.endsAt'],
    ['a day without a time', '/api/notices', { ...notice, endsAt: '2026-11-23' }, 'body.endsAt'],
    [
      'a day that does not exist',
      '/api/notices',
      { ...notice, endsAt: '2026-02-30T00:00:00Z' },
      'body.endsAt',
    ],
    ['a leap second', '/api/notices', { ...notice, endsAt: '2026-12-31T23:59:60Z' }, 'body.endsAt'],
    ['a time without a zone', '/api/notices', { ...notice, endsAt: '2026-11-23T02:00:00' }, 'body.endsAt'],
    ['a number as a date', '/api/notices', { ...notice, endsAt: 1_795_000_000_000 }, 'body.endsAt'],
  ])('%s', async (_, url, body, path) => {
    expectProblem(await send('POST', url, JSON.stringify(body)), 400, 'request.invalid', path)
  })

  test('a number written as a text is not taken in a body', async () => {
    const { id } = (await agent.post('/api/calls', {})).json<{ id: number }>()
    const reply = await agent.post(`/api/calls/${id}/copies`, { entryId: '1', part: 'say' })
    expectProblem(reply, 400, 'request.invalid', 'body.entryId')
  })
})

describe('a request that cannot be read', () => {
  test.each([
    ['broken JSON', '{"area":', 400, 'request.invalid', 'application/json'],
    ['no JSON at all', '东城区', 400, 'request.invalid', 'application/json'],
    ['__proto__ in JSON', '{"__proto__":{"area":"东城区"}}', 400, 'request.invalid', 'application/json'],
    ['constructor.prototype', '{"constructor":{"prototype":{}}}', 400, 'request.invalid', 'application/json'],
    ['plain text', '东城区', 415, 'request.unsupported_media_type', 'text/plain'],
    ['a form', 'area=a', 415, 'request.unsupported_media_type', 'application/x-www-form-urlencoded'],
    ['XML', '<area/>', 415, 'request.unsupported_media_type', 'application/xml'],
    ['too large', `{"area":"${'区'.repeat(400_000)}"}`, 413, 'request.too_large', 'application/json'],
  ])('%s', async (_, payload, status, code, type) => {
    expectProblem(await send('POST', '/api/calls', payload, type), status, code)
    expect(({} as { area?: string }).area).toBeUndefined()
  })

  test('no body where one is needed', async () => {
    expectProblem(await agent.post('/api/notices'), 400, 'request.invalid', 'body')
  })
})

describe('an address that does not fit', () => {
  test.each([
    ['an id in words', '/api/entries/停电', 'params.id'],
    ['id 0', '/api/entries/0', 'params.id'],
    ['a broken number', '/api/entries/1.5', 'params.id'],
    ['an id too great', '/api/entries/99999999999999999999', 'params.id'],
    ['a limit too great', '/api/search?limit=101', 'query.limit'],
    ['no limit', '/api/search?limit=0', 'query.limit'],
    ['an offset below 0', '/api/search?offset=-1', 'query.offset'],
    ['a kind nobody knows', '/api/search?kind=天气', 'query.kind'],
    ['a category nobody knows', '/api/search?category=天气', 'query.category'],
    ['a query said twice', '/api/search?q=停电&q=赔偿', 'query.q'],
    ['a call in words', '/api/search?q=停电&call=甲', 'query.call'],
    ['an area too long', `/api/search?area=${'区'.repeat(61)}`, 'query.area'],
    ['a time in words', '/api/notices?at=明天', 'query.at'],
    ['a leap second', '/api/notices?at=2026-12-31T23:59:60Z', 'query.at'],
    ['a way of opening nobody knows', '/api/entries/1?how=梦', 'query.how'],
    ['rank 0', '/api/entries/1?rank=0', 'query.rank'],
  ])('%s', async (_, url, path) => {
    expectProblem(await agent.get(encodeURI(url)), 400, 'request.invalid', path)
  })

  test.each(['/api/entries/%ED%A0%80', '/api/entries/%E5%81', '/%', '/api/entries/%zz'])(
    'a broken escape: %s',
    async url => expectProblem(await agent.get(url), 400, 'request.invalid'),
  )

  test('parameters nobody knows are ignored', async () => {
    expect((await agent.get('/api/search?q=&utm=1&__proto__=1&constructor=2')).statusCode).toBe(200)
  })
})

describe('no such route', () => {
  test.each(['/api/nothing', '/api', '/api/health/', '/nothing', '/api/../etc/passwd', '/API/health'])(
    '%s is 404',
    async url => expectProblem(await agent.get(url), 404, 'route.not_found'),
  )

  test('a wrong method is 405 and names the right ones', async () => {
    const reply = await agent.delete('/api/search')
    expectProblem(reply, 405, 'route.wrong_method')
    expect(reply.headers.allow?.toString().split(', ').toSorted()).toEqual(['GET', 'HEAD'])
  })

  test('an address for writing alone is known, under its own methods', async () => {
    const reply = await agent.get('/api/entries')
    expectProblem(reply, 405, 'route.wrong_method')
    expect(reply.headers.allow).toBe('POST')
  })

  test('each method is named once, also where two routes fit', async () => {
    const reply = await agent.put('/api/calls/current', {})
    expectProblem(reply, 405, 'route.wrong_method')
    expect(reply.headers.allow?.toString().split(', ').toSorted()).toEqual(['GET', 'HEAD'])
  })
})

test('what is not HTTP gets the same form, over a real socket', async () => {
  const { port } = new URL(await app.app.listen({ host: '127.0.0.1', port: 0 }))
  const socket = connect(Number(port), '127.0.0.1')
  socket.end('你好\r\n\r\n')
  const answer = await text(socket)
  expect(answer).toMatch(/^HTTP\/1\.1 400 /u)
  expect(answer).toContain('application/problem+json')
  expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ code: 'request.invalid' })
})
