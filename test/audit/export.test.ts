import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AuditRow } from '#server/contract/audit.ts'
import { ROLES } from '#server/contract/lists.ts'
import { write } from '#server/platform/db/db.ts'
import { DAY, iso } from '#server/platform/kernel/clock.ts'
import { recordAudit } from '#server/platform/kernel/records.ts'
import { csvLine } from '#server/platform/text/csv.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'

let t: TestApp
let admin: Client
beforeEach(async () => {
  t = await makeApp()
  admin = await t.signIn('admin')
})
afterEach(() => t.close())

const rowsOf = async (query = '') => (await admin.get(`/api/audit${query}`)).json<{ rows: AuditRow[] }>().rows

describe('GET /api/audit', () => {
  it.each(ROLES.filter(role => role !== 'admin'))(
    'refuses %s and leaves no trace of an export',
    async role => {
      const client = await t.signIn(role)
      const reply = await client.get('/api/audit')
      expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([403, 'right.missing'])
      expect((await rowsOf()).filter(row => row.action === 'audit.exported')).toHaveLength(1)
    },
  )

  it('asks who is there', async () => {
    expect((await t.inject('/api/audit')).statusCode).toBe(401)
  })

  it('tells who, what, when, from where, and is itself on the trail', async () => {
    const rows = await rowsOf()
    expect(rows.map(row => row.id)).toEqual(rows.map((_, index) => index + 1))
    expect(rows.at(-1)).toMatchObject({
      at: iso(NOW),
      person: { workNo: '1003', name: '许安' },
      from: '127.0.0.1',
      action: 'audit.exported',
      subject: 'audit',
    })
    expect(rows.find(row => row.action === 'person.added')).toMatchObject({ person: null, from: null })
  })

  it('keeps the address of the caller behind a proxy on this machine', async () => {
    const headers = { cookie: admin.cookie, 'x-forwarded-for': '10.20.30.40' }
    await t.inject({ url: '/api/audit', headers })
    expect((await rowsOf()).at(-2)).toMatchObject({ action: 'audit.exported', from: '10.20.30.40' })
  })

  it('gives the period asked for, its end not included', async () => {
    write(t.db, tx => {
      for (const day of [1, 2, 3]) recordAudit(tx, NOW + day * DAY, null, 'test', 'entry:1')
    })
    const rows = await rowsOf(`?from=${iso(NOW + DAY)}&to=${iso(NOW + 3 * DAY)}`)
    expect(rows.map(row => row.at)).toEqual([iso(NOW + DAY), iso(NOW + 2 * DAY)])
    expect(await rowsOf(`?from=${iso(NOW + 9 * DAY)}`)).toEqual([])
  })

  it('gives a part of it, and more rows than are read at a time', async () => {
    write(t.db, tx => {
      for (let count = 0; count < 1200; count++) recordAudit(tx, NOW + DAY, null, 'test', `entry:${count}`)
    })
    const from = `from=${iso(NOW + DAY)}`
    expect(await rowsOf(`?${from}`)).toHaveLength(1200)
    const part = await rowsOf(`?${from}&limit=700&offset=450`)
    expect(part.map(row => row.subject)).toEqual(
      Array.from({ length: 700 }, (_, index) => `entry:${index + 450}`),
    )
  })

  it('refuses what is no period or format', async () => {
    for (const query of ['from=昨天', 'format=xlsx', 'limit=0'])
      expect((await admin.get(`/api/audit?${query}`)).statusCode).toBe(400)
  })

  it('as CSV begins with a byte order mark and has a line for each row', async () => {
    const reply = await admin.get('/api/audit?format=csv')
    expect(reply.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(reply.headers['content-disposition']).toContain('audit.csv')
    const [head = '', ...lines] = reply.body.trimEnd().split('\r\n')
    expect(head.startsWith('\uFEFF序号,')).toBe(true)
    expect(lines).toHaveLength((await rowsOf()).length - 1)
    expect(lines.at(-1)).toContain('1003,许安,127.0.0.1,audit.exported,audit')
  })
})

describe('a cell of CSV', () => {
  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '＝1+1',
    '＋1',
    '－1',
    '＠a',
    '"=1',
    '=HYPERLINK("x")',
  ])('that begins like a formula is text: %j', cell => {
    expect(csvLine([cell]).replace(/^"/u, '').startsWith("'")).toBe(true)
  })

  it('keeps Chinese, commas, quotes and line breaks', () => {
    expect(csvLine(['停电，赔偿', 'a,b', '说"停"', '一\n二', 3, null])).toBe(
      '停电，赔偿,"a,b","说""停""","一\n二",3,\r\n',
    )
  })
})
