import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { verifyChain } from '#server/audit/index.ts'
import { DAY } from '#server/platform/kernel/clock.ts'
import { shedDeleted, write } from '#server/platform/db/db.ts'
import { purgeBatch, purgeNumbers } from '#server/questions/callback-purge.ts'
import { callback } from '#server/questions/tables.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { ask, NAME, PHONE, publish, revisionOf, step } from './askings.ts'

let folder: string
let t: TestApp
let agent: Client
let answer: number
let said = ''
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'firstline-purge-'))
  said = ''
  t = await makeApp({ path: join(folder, 'a.db'), config: { logLevel: 'trace' } })
  listenToLog()
  agent = await t.signIn('agent')
  answer = revisionOf(t.db, t.build.entry())
})
afterEach(async () => {
  await t.close()
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

/** The log is written to its file past process.stdout, so it is heard where pino hands it on. */
function listenToLog(): void {
  const symbols = Object.getOwnPropertySymbols(Object.getPrototypeOf(t.app.log)).concat(
    Object.getOwnPropertySymbols(t.app.log),
  )
  const stream = symbols.find(symbol => symbol.description === 'pino.stream')!
  const log = Reflect.get(t.app.log, stream) as { write: (line: string) => boolean }
  vi.spyOn(log, 'write').mockImplementation(line => {
    said += line
    return true
  })
}

const files = () => readdirSync(folder).map(name => readFileSync(join(folder, name)))
const isAnywhere = (words: string) => files().some(file => file.includes(words)) || said.includes(words)
/** A sealed name and number are moved to another row, as by hand in the database. */
const moveSeal = () =>
  t.db.$client.exec(
    'update callback set (sealed_name, sealed_phone) = (select sealed_name, sealed_phone from callback where id = 1) where id = 2',
  )
const kept = () => t.db.select().from(callback).all()

test('no file of the service and no log ever holds a name or a number; after the purge nothing of it is left', async () => {
  for (const id of [1, 2]) {
    ask(t, agent.id)
    publish(t, id, answer)
  }
  await agent.get('/api/callbacks/1/number')
  await agent.get('/api/callbacks/export')
  await agent.put('/api/questions/1/callback', { result: 'reached', solved: true, note: `打的${PHONE}` })
  await agent.put('/api/questions/1/callback', { result: 'reached', phone: PHONE })
  await agent.get(`/api/callbacks?q=${PHONE}`)
  moveSeal()
  expect((await agent.get('/api/callbacks/2/number')).json()).toMatchObject({ code: 'server.fault' })
  expect(said).toContain('callback:2:name was changed, or stood elsewhere')
  const { sealedName, sealedPhone, numberHash } = kept()[0]!
  for (const secret of [PHONE, NAME, '138-0013', '0013 8000'])
    expect([secret, isAnywhere(secret)]).toEqual([secret, false])
  expect(isAnywhere(sealedPhone!)).toBe(true)
  t.clock.now += 30 * DAY
  expect(await purgeNumbers(t.db, t.clock.now)).toBe(1)
  expect(kept()[0]).toMatchObject({
    sealedName: null,
    sealedPhone: null,
    numberHash: null,
    last4: null,
    purgedAt: t.clock.now,
  })
  t.db.$client.exec("update callback set sealed_name = '', sealed_phone = '', number_hash = '' where id = 2")
  shedDeleted(t.db)
  for (const secret of [PHONE, NAME, sealedName!, sealedPhone!, numberHash!])
    expect([secret, isAnywhere(secret)]).toEqual([secret, false])
  const again = await t.signIn('agent')
  expect((await again.get('/api/callbacks?state=done')).json()).toMatchObject({
    callbacks: [{ state: 'done', last4: null, hasName: false }],
  })
})

test('numbers are deleted once their question was closed for as long as the policy says; the others stay', async () => {
  for (let n = 1; n <= 4; n++) ask(t, agent.id)
  ask(t, agent.id, { into: 1 })
  for (const id of [1, 2]) publish(t, id, answer)
  for (const id of [1, 5])
    await agent.put(`/api/questions/${id}/callback`, { result: 'reached', solved: true })
  step(t, 3, 'taken')
  t.clock.now = NOW + 30 * DAY - 1
  expect(await purgeNumbers(t.db, t.clock.now)).toBe(0)
  t.clock.now += 1
  expect(await purgeNumbers(t.db, t.clock.now)).toBe(2)
  t.clock.now += 1000 * DAY
  expect(await purgeNumbers(t.db, t.clock.now)).toBe(0)
  expect(kept().map(row => row.sealedPhone !== null)).toEqual([false, true, true, true, false])
})

test('a batch at a time, each with its row; what a crash broke off is deleted by the next run', async () => {
  for (let n = 1; n <= 230; n++) ask(t, agent.id)
  for (let n = 1; n <= 230; n++) {
    publish(t, n, answer)
    step(t, n, 'closed')
  }
  t.clock.now += 30 * DAY
  const crash = new Error('power cut')
  const broken = () =>
    write(t.db, tx => {
      purgeBatch(tx, t.clock.now)
      throw crash
    })
  expect(broken).toThrow(crash)
  expect(kept().filter(row => row.sealedPhone === null)).toEqual([])
  expect(write(t.db, tx => purgeBatch(tx, t.clock.now))).toBe(100)
  expect(await purgeNumbers(t.db, t.clock.now)).toBe(130)
  const notes = t.db.$client
    .prepare("select note from audit where action = 'callback.purged'")
    .pluck()
    .all() as string[]
  expect(notes.map(note => note.split(':')[0])).toEqual(['100', '100', '30'])
  expect(notes.flatMap(note => note.split(': ')[1]!.split(' ').map(Number))).toEqual(
    kept().map(row => row.id),
  )
  expect(verifyChain(t.db)).toHaveProperty('length')
})
