import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyId, keyIdOf, SealFault, vaultWith } from '#server/platform/kernel/vault.ts'
import { parseKeys, readKeyFile, writeKeyFile } from '#server/platform/kernel/vault-keys.ts'

const PHONE = '13800138000'
const AT = 'callback:7:phone'
const [one, two] = [randomBytes(32), randomBytes(32)]

test('what is sealed opens to the same text, whatever it is', () => {
  const vault = vaultWith([one])
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string(), (text, context) => {
      expect(vault.open(vault.seal(text, context), context)).toBe(text)
    }),
  )
})

test('the sealed text tells nothing, and is another one each time', () => {
  const vault = vaultWith([one])
  const sealed = Array.from({ length: 50 }, () => vault.seal(PHONE, AT))
  expect(new Set(sealed).size).toBe(50)
  for (const text of sealed) {
    expect(text).not.toContain('8000')
    expect(Buffer.from(text.split('.')[1]!, 'base64url').toString('latin1')).not.toContain('8000')
  }
})

test('a sealed text that was moved to another row does not open', () => {
  const vault = vaultWith([one])
  const sealed = vault.seal(PHONE, AT)
  for (const place of ['callback:8:phone', 'callback:7:name', ''])
    expect(() => vault.open(sealed, place)).toThrow(SealFault)
})

test('a sealed text of which anything was changed does not open, and the fault does not say it', () => {
  const vault = vaultWith([one])
  const sealed = vault.seal(PHONE, AT)
  const [id, body = ''] = sealed.split('.')
  const bytes = Buffer.from(body, 'base64url')
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed[at]! ^= 1
    expect(() => vault.open(`${id}.${changed.toString('base64url')}`, AT)).toThrow(SealFault)
  }
  for (const broken of ['', '.', `${id}.`, body, sealed.slice(0, -8), `00000000.${body}`])
    expect(() => vault.open(broken, AT)).toThrow(SealFault)
})

test('the first key seals, each opens what it sealed, and a key that is not here is named', () => {
  const old = vaultWith([two]).seal(PHONE, AT)
  const both = vaultWith([one, two])
  expect(keyIdOf(both.seal(PHONE, AT))).toBe(keyId(one))
  expect(keyIdOf(old)).toBe(keyId(two))
  expect(both.open(old, AT)).toBe(PHONE)
  expect(() => vaultWith([one]).open(old, AT)).toThrow(`the key ${keyId(two)} of ${AT} is not here`)
  expect(keyId(one)).not.toBe(keyId(two))
})

test('keys are read as they were written, by the owner alone', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'firstline-vault-')), 'keys', 'vault.key')
  expect(readKeyFile(path)).toBeUndefined()
  writeKeyFile(path, [one, two])
  expect(readKeyFile(path)).toEqual([one, two])
  expect(statSync(path).mode & 0o777).toBe(0o600)
  writeKeyFile(path, [one])
  expect(readKeyFile(path)).toEqual([one])
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('a key file that was cut short is refused, not replaced', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'firstline-vault-')), 'vault.key')
  for (const text of ['', '\n', one.toString('base64').slice(0, 20), `${one.toString('base64')}\nhalf`]) {
    writeFileSync(path, text)
    expect(() => readKeyFile(path)).toThrow('vault.key holds no whole keys')
    expect(readFileSync(path, 'utf8')).toBe(text)
  }
})

test('keys stand apart by commas, blanks or line ends', () => {
  const text = `${one.toString('base64')}, ${two.toString('base64')}\n`
  expect(parseKeys(text)).toEqual([one, two])
  expect(parseKeys(randomBytes(31).toString('base64'))).toBeUndefined()
  expect(parseKeys('secret')).toBeUndefined()
})
