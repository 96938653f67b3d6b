import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDb, write } from '#server/platform/db/db.ts'
import { iso, isoOrNull } from '#server/platform/kernel/clock.ts'
import { hashWith, keyedHash } from '#server/platform/kernel/keys.ts'
import { leaveInOutbox, readSetting, recordAudit, writeSetting } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { audit, outbox } from '#server/platform/kernel/tables.ts'

const NUMBER = '13800138000'

test('the same number has the same hash under one key and another under the next', () => {
  const here = hashWith(Buffer.alloc(32, 1))
  const elsewhere = hashWith(Buffer.alloc(32, 2))
  expect(here(NUMBER)).toBe(here(NUMBER))
  expect(here(NUMBER)).not.toBe(elsewhere(NUMBER))
  expect(here(NUMBER)).not.toContain('8000')
})

test('a key is made once, for the owner alone, and stays', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'firstline-keys-')), 'keys', 'numbers.key')
  const first = keyedHash(path)(NUMBER)
  expect(readFileSync(path)).toHaveLength(32)
  expect(statSync(path).mode & 0o077).toBe(0)
  expect(keyedHash(path)(NUMBER)).toBe(first)
})

test('a key that was cut short is refused: its hashes would tell the number', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'firstline-keys-')), 'numbers.key')
  writeFileSync(path, '')
  expect(() => keyedHash(path)).toThrow('numbers.key')
})

test('a setting is written over, an audit line and an outbox row are added', () => {
  const db = openDb(':memory:')
  write(db, tx => {
    writeSetting(tx, 'demo', 'on')
    writeSetting(tx, 'demo', 'ended')
    recordAudit(tx, 1000, null, 'entry.retired', 'entry:7', { note: '依据已废止' })
    recordAudit(tx, 1000, null, 'entry.retired', 'entry:7', { note: '依据已废止' })
    leaveInOutbox(tx, 1000, 'index.entry', '7')
  })
  expect(readSetting(db, 'demo')).toBe('ended')
  expect(readSetting(db, 'other')).toBeUndefined()
  expect(db.select().from(audit).all()).toHaveLength(2)
  expect(db.select().from(outbox).get()).toMatchObject({ effect: 'index.entry', subject: '7' })
})

test('a refusal carries its code, the status of the code and the fields that failed', () => {
  const fields = [{ path: 'body.say', message: 'required' }]
  expect(new Refusal('notice.times_out_of_order', fields)).toMatchObject({ status: 422, fields })
  expect(new Refusal('entry.not_found')).toMatchObject({ status: 404, message: 'entry.not_found' })
})

test('instants are shown in UTC', () => {
  expect(iso(0)).toBe('1970-01-01T00:00:00.000Z')
  expect(isoOrNull(null)).toBeNull()
})
