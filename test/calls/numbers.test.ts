import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { last4, plainNumber } from '#server/calls/rules.ts'
import { call } from '#server/calls/tables.ts'
import { maskNumbers } from '#server/platform/text/personal.ts'
import { hashWith } from '#server/platform/kernel/keys.ts'
import { makeApp } from '../support/app.ts'

const PHONE = '13800138000'
const ACCOUNT = '3301998877665'

describe('masking', () => {
  test.each([
    ['客户电话13800138000要回访', '客户电话＊＊＊要回访'],
    ['138 0013 8000', '＊＊＊'],
    ['138-0013-8000', '＊＊＊'],
    ['138  0013  8000', '＊＊＊'],
    ['138–0013—8000', '＊＊＊'],
    ['电价0.5380元、0.5880元', '电价0.5380元、0.5880元'],
    ['１３８００１３８０００', '＊＊＊'],
    ['+86 (0571) 8765-4321', '+＊＊＊'],
    ['138.0013.8000', '＊＊＊'],
    ['138/0013_8000', '＊＊＊'],
    ['138\u200b0013\u200b8000', '＊＊＊'],
    ['户号3301998877665和13800138000', '户号＊＊＊和＊＊＊'],
    ['停了3天，10kV线路，95598', '停了3天，10kV线路，95598'],
    ['表号123456', '表号123456'],
    ['2024年5月12日8点到18点', '2024年5月12日8点到18点'],
  ])('%s', (text, masked) => expect(maskNumbers(text)).toBe(masked))

  test('no run of seven digits is left, however it is written', () => {
    const digits = fc.array(fc.constantFrom(...'0123456789０１２３'), { minLength: 7, maxLength: 18 })
    const separator = fc.constantFrom('', ' ', '-', '　', '－', '·', '.', '/', '\u200b')
    fc.assert(
      fc.property(digits, separator, (number, between) => {
        expect(maskNumbers(`电话${number.join(between)}。`)).not.toMatch(/\d/u)
      }),
    )
  })
})

test('a number is the same however it is written', () => {
  for (const written of ['138 0013 8000', '138-0013-8000', '１３８００１３８０００', '(138)00138000'])
    expect(plainNumber(written)).toBe(PHONE)
  expect(plainNumber(' - ')).toBeUndefined()
  expect(plainNumber(undefined)).toBeUndefined()
  expect(last4(PHONE)).toBe('8000')
})

test('the database holds hashes and last digits, nowhere a number', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'firstline-numbers-'))
  const app = await makeApp({ path: join(folder, 'a.db'), hash: hashWith(Buffer.alloc(32, 7)) })
  onTestFinished(app.close)
  const agent = await app.signIn('agent')
  const entryId = app.build.entry()
  const begun = await agent.post('/api/calls', {
    callId: `cti-${PHONE}-001`,
    callerNum: PHONE,
    accountNo: ACCOUNT,
    area: `东城区${PHONE}`,
    topic: `户号${ACCOUNT}`,
  })
  const { id } = begun.json<{ id: number }>()
  await agent.get(`/api/search?q=${encodeURIComponent(`停电赔偿 ${PHONE}`)}&call=${id}`)
  await agent.put(`/api/calls/${id}/outcome`, {
    verdict: 'follow_up',
    entryId,
    wrapCode: PHONE,
    note: `请回电 138-0013-8000，户号${ACCOUNT}`,
  })
  expect((await agent.get(`/api/calls/${id}`)).json()).toMatchObject({
    callerLast4: '8000',
    accountLast4: '7665',
    searches: [{ query: '停电赔偿 ＊＊＊' }],
    outcome: { note: '请回电 ＊＊＊，户号＊＊＊' },
  })
  expect(app.db.select().from(call).get()).toMatchObject({ callerHash: hashWith(Buffer.alloc(32, 7))(PHONE) })
  const files = readdirSync(folder).map(name => readFileSync(join(folder, name), 'latin1'))
  for (const secret of [PHONE, ACCOUNT, '138-0013-8000', '0013 8000'])
    for (const file of files) expect(file).not.toContain(secret)
  expect(files.join()).toContain('8000')
})

test('the id of the telephone system still begins a call once, whatever is in it', async () => {
  const app = await makeApp()
  onTestFinished(app.close)
  const agent = await app.signIn('agent')
  const begin = async (callId: string) =>
    (await agent.post('/api/calls', { callId })).json<{ id: number }>().id
  const first = await begin(`cti-${PHONE}-001`)
  expect(await begin(`cti-${PHONE}-001`)).toBe(first)
  expect(await begin(`cti-${PHONE}-002`)).not.toBe(first)
  expect(await begin('cti-13900139000-001')).not.toBe(first)
})

test('a caller is the same customer with and without the code of the country, and at each extension', async () => {
  const app = await makeApp()
  onTestFinished(app.close)
  const agent = await app.signIn('agent')
  for (const callerNum of [PHONE, `+86${PHONE}`, `0${PHONE}`, '0571-87654321', '0571-87654321转801'])
    await agent.post('/api/calls', { callerNum })
  const hashes = app.db.select({ hash: call.callerHash }).from(call).orderBy(call.id).all()
  expect(hashes.map(row => hashes.findIndex(one => one.hash === row.hash))).toEqual([0, 0, 0, 3, 3])
})
