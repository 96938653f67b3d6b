import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SearchReply } from '#server/contract/search.ts'
import { makeApp, type Client, type TestApp } from '../support/app.ts'

let app: TestApp
let agent: Client
beforeAll(async () => {
  app = await makeApp()
  app.build.entry()
  app.build.notice()
  agent = await app.signIn('agent')
})
afterAll(() => app.close())

async function expectAnswer(encoded: string) {
  const reply = await agent.get(`/api/search?q=${encoded}`)
  expect(reply.statusCode, encoded.slice(0, 60)).toBe(200)
  const body = reply.json<SearchReply>()
  expect(body.total).toBeGreaterThanOrEqual(body.hits.length)
  return body
}

test.each([
  ['one character', '停'],
  ['one letter', 't'],
  ['punctuation', '，。！？；：“”‘’（）《》【】…—·'],
  ['ASCII punctuation', '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'],
  ['emoji', '🔥⚡️👨‍👩‍👧‍👦🇨🇳'],
  ['emoji among words', '停电⚡赔偿🔥'],
  ['FTS5 syntax', 'title:停电 AND (赔偿 OR "没电" NEAR/2 电) NOT *'],
  ['FTS5 quotes', '"停电" \'赔偿\' ""'],
  ['regular expressions', '(?:停|电)+.*[赔-偿]{1,9}$^\\p{L}(((('],
  ['SQL', "' or 1=1; drop table entry; --"],
  ['LIKE patterns', '%停_电%'],
  ['paths', '../../etc/passwd\u0000.md'],
  ['control characters', '\u0000\u0001\u0007\u001b[31m\u007f'],
  ['directions', '\u202e停电\u202c\u2066\u2069\u200b\ufeff'],
  ['combining marks', `停${'\u0301'.repeat(500)}`],
  ['rare ideographs', '𠮷𡈽𰻝'],
  ['other scripts', 'отключение электричества انقطاع التيار ไฟดับ'],
  ['prototype names', '__proto__ constructor hasOwnProperty toString'],
  ['a number with a unit', '10kV 220V 95598 GB/T12325-2008'],
  ['numbers of all sorts', '１２３ ①②③ Ⅷ ½ 1e999 -0 NaN Infinity'],
])('%s', async (_, q) => {
  const reply = await expectAnswer(encodeURIComponent(q))
  expect(reply.query).toBe(q)
})

test.each(['%ED%A0%80', '%ED%A0%80%E5%81%9C', '%', '%E5%81', '%zz', '%00', '%F5%80%80%80'])(
  'broken escapes and unpaired surrogates in an address: %s',
  async encoded => {
    await expectAnswer(encoded)
  },
)

test.each(['停', '停电赔偿', 'a', '1', '？', '🔥', 'tdpc', '停 ', '[', 'ab1停'])(
  '10,000 characters of %s',
  async unit => {
    const q = unit.repeat(10_000).slice(0, 10_000)
    await expectAnswer(encodeURIComponent(q))
  },
)

test('more than can be meant is refused with the field', async () => {
  const reply = await agent.get(`/api/search?q=${'a'.repeat(20_001)}`)
  expect(reply.json()).toMatchObject({ status: 400, code: 'request.invalid', fields: [{ path: 'query.q' }] })
})

test('10,000 Chinese characters pass a real socket too; headers without end do not', async () => {
  const { port } = new URL(await app.app.listen({ host: '127.0.0.1', port: 0 }))
  const talk = async (path: string) => {
    const socket = connect(Number(port), '127.0.0.1')
    socket.end(
      `GET ${path} HTTP/1.1\r\nhost: localhost\r\ncookie: ${agent.cookie}\r\nconnection: close\r\n\r\n`,
    )
    return text(socket)
  }
  expect(await talk(`/api/search?q=${encodeURIComponent('停电'.repeat(5000))}`)).toMatch(/^HTTP\/1\.1 200 /u)
  const refused = await talk(`/api/search?q=${'a'.repeat(300_000)}`)
  expect(refused).toMatch(/^HTTP\/1\.1 400 /u)
  expect(refused).toContain('"code":"request.invalid"')
})

test('whatever is typed is answered', async () => {
  const unit = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('停电', '赔偿', 'td', ' ', '10kV', '"', '\\'),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(unit, { maxLength: 12 }), async pieces => {
      const q = pieces.join('').toWellFormed()
      expect((await expectAnswer(encodeURIComponent(q))).query).toBe(q)
    }),
    { numRuns: 150 },
  )
})
