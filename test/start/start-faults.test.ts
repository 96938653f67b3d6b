import { expect, test } from 'vitest'
import { ConfigFault, readConfig } from '#server/config.ts'
import { KeyFault } from '#server/platform/kernel/keys.ts'
import { ContentFault } from '#server/prepare.ts'
import { explainStart } from '#server/start-faults.ts'

const failed = (code: string) => explainStart(Object.assign(new Error('as the system says'), { code }))

test.each([
  ['EADDRINUSE', 'the port is taken'],
  ['EADDRNOTAVAIL', 'HOST is not an address of this machine'],
  ['ENOTFOUND', 'HOST is not an address of this machine'],
  ['EEXIST', 'DATA_DIR must be a folder and is a file'],
  ['ENOTDIR', 'DATA_DIR must be a folder and is a file'],
  ['EACCES', 'DATA_DIR or its database cannot be written'],
  ['EROFS', 'DATA_DIR or its database cannot be written'],
  ['SQLITE_READONLY_DBMOVED', 'DATA_DIR or its database cannot be written'],
  ['SQLITE_CANTOPEN', 'DATA_DIR or its database cannot be written'],
  ['SQLITE_BUSY', 'the database is locked: another Firstline runs on this DATA_DIR'],
  ['SQLITE_NOTADB', 'the database file is damaged or is no database'],
  ['SQLITE_CORRUPT_INDEX', 'the database file is damaged or is no database'],
  ['SQLITE_FULL', 'the disk is full'],
])('%s: %s', (code, meaning) => {
  expect(failed(code)).toMatch(new RegExp(`^firstline: ${meaning}.* \\(as the system says\\)$`, 'u'))
})

test('our own faults are said in their own words', () => {
  for (const Fault of [ConfigFault, ContentFault, KeyFault])
    expect(explainStart(new Fault('PORT 不对'))).toBe('firstline: PORT 不对')
})

test('what nobody foresaw is shown whole', () => {
  expect(explainStart(new TypeError('x is not a function'))).toMatch(
    /could not start: TypeError: x is not.*\n +at /u,
  )
})

test.each([
  [{ DEMO: 'on', HOST: '0.0.0.0' }, /DEMO=on is refused while HOST is 0\.0\.0\.0/u],
  [{ DEMO: 'perhaps' }, /DEMO must be on or off/u],
  [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL must be one of/u],
  [{ MEILI_URL: 'search.example.com:7700' }, /MEILI_URL must be like https/u],
  [{ MEILI_URL: 'https://:geheim@search.example.com' }, /without a key in it$/u],
  [{ MEILI_URL: 'http://search.example.com:7700' }, /https:\/\/ unless the server is on this machine/u],
  [{ MEILI_URL: 'http://127.0.0.1:7700', MEILI_KEY: '密钥' }, /^MEILI_KEY may hold no blanks/u],
])('a setting without sense is named: %j', (env, reason) => expect(() => readConfig(env)).toThrow(reason))
