import { expect, test } from 'vitest'
import { createServer } from '#server/platform/http/server.ts'

const app = await createServer({ logLevel: 'silent', version: '1' })
app.post('/api/notes', async () => ({ done: true }))
app.get('/api/notes', async () => ({ done: true }))

const post = (headers: Record<string, string>) =>
  app.inject({ method: 'POST', url: '/api/notes', headers: { host: 'kb.example:3000', ...headers } })

test.each([
  ['no browser', {}],
  ['its own page', { origin: 'http://kb.example:3000', 'sec-fetch-site': 'same-origin' }],
  ['its own page, older browser', { origin: 'http://kb.example:3000' }],
  ['the address bar', { 'sec-fetch-site': 'none' }],
  [
    'its own page behind TLS',
    { 'x-forwarded-proto': 'https', origin: 'https://kb.example:3000', 'sec-fetch-site': 'same-origin' },
  ],
])('a write from %s is taken', async (_, headers) => {
  expect((await post(headers)).statusCode).toBe(200)
})

test.each([
  ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  ['another site, older browser', { origin: 'https://evil.example' }],
  ['another site that sends no origin', { 'sec-fetch-site': 'cross-site' }],
  ['a sibling site', { origin: 'http://mail.example:3000', 'sec-fetch-site': 'same-site' }],
  ['another port', { origin: 'http://kb.example:4000' }],
  ['another scheme', { origin: 'https://kb.example:3000' }],
  ['a sandboxed frame', { origin: 'null' }],
  ['a name that begins the same', { origin: 'http://kb.example:3000.evil.example' }],
])('a write from %s is refused', async (_, headers) => {
  const reply = await post(headers)
  expect(reply.statusCode).toBe(403)
  expect(reply.json()).toMatchObject({ code: 'request.wrong_origin' })
})

test('reading is open to a link from another site', async () => {
  const reply = await app.inject({ url: '/api/notes', headers: { 'sec-fetch-site': 'cross-site' } })
  expect(reply.statusCode).toBe(200)
})
