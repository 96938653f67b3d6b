import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readConfig } from '#server/config.ts'
import { rotation, type Rotation } from '#server/key-rotation.ts'
import { openVault } from '#server/keys.ts'
import { openDb, write, type Db } from '#server/platform/db/db.ts'
import { keyId, keyIdOf, type Vault } from '#server/platform/kernel/vault.ts'
import { readKeyFile, writeKeyFile } from '#server/platform/kernel/vault-keys.ts'
import { verifyChain } from '#server/audit/index.ts'
import { callback } from '#server/questions/index.ts'
import { makeBeginning } from '../questions/customers.ts'
import { askIn, NAME, PHONE, WANTED } from '../questions/askings.ts'
import { NOW } from '../support/app.ts'

let dataDir: string
let file: string
let db: Db
let agent: number
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'firstline-keys-'))
  file = join(dataDir, 'keys', 'vault.key')
  const { path, agents } = makeBeginning(dataDir)
  db = openDb(path)
  agent = agents[0]!
})
afterEach(() => {
  db.$client.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const clock = () => NOW
const open = (vaultKeys?: readonly Buffer[]) =>
  openVault(db, vaultKeys ? { dataDir, vaultKeys } : { dataDir })
const rows = () => db.select().from(callback).all()
const [one, two] = [randomBytes(32), randomBytes(32)]

function seal(vault: Vault, count = 1): void {
  const world = { db, clock: { now: NOW }, deps: { vault, hash: (text: string) => text.length.toString() } }
  write(db, tx => {
    for (let n = 0; n < count; n++) askIn(tx, world, agent, WANTED)
  })
}

function allOpen(vault: Vault): boolean {
  return rows().every(
    ({ id, sealedName, sealedPhone }) =>
      vault.open(sealedName!, `callback:${id}:name`) === NAME &&
      vault.open(sealedPhone!, `callback:${id}:phone`) === PHONE,
  )
}

const wrong = () => readConfig({ VAULT_KEY: 'correct horse battery staple' })

describe('the key at a start', () => {
  test('is made once, for the owner alone, and stays', () => {
    seal(open())
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const before = readFileSync(file, 'utf8')
    expect(allOpen(open())).toBe(true)
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  test('a lost key file is a fault, and no new key is made, while something is sealed', () => {
    open()
    rmSync(file)
    seal(open())
    rmSync(file)
    expect(() => open()).toThrow('vault.key is missing, and names and numbers are sealed with it')
    expect(existsSync(file)).toBe(false)
  })

  test('another key than the one it was sealed with is a fault that names the missing one', () => {
    seal(open())
    const lost = keyIdOf(rows()[0]!.sealedPhone!)
    writeKeyFile(file, [one])
    expect(() => open()).toThrow(`lacks the key ${lost} that 1 call-backs are sealed with`)
    expect(() => open([one])).toThrow(`VAULT_KEY lacks the key ${lost}`)
  })

  test('comes from the environment, and then no file is made', () => {
    seal(open([one]))
    expect(existsSync(file)).toBe(false)
    expect(keyIdOf(rows()[0]!.sealedPhone!)).toBe(keyId(one))
    expect(allOpen(open([two, one]))).toBe(true)
  })

  test('from the environment is checked without being said again', () => {
    const text = `${one.toString('base64')},${two.toString('base64')}`
    expect(readConfig({ VAULT_KEY: text }).vaultKeys).toEqual([one, two])
    expect(readConfig({}).vaultKeys).toBeUndefined()
    expect(wrong).toThrow('VAULT_KEY must be 32 bytes in base64')
    expect(wrong).not.toThrow('horse')
  })
})

/** Runs a change of the key, at most `steps` of it; undefined when it was broken off. */
function change(vaultKeys?: readonly Buffer[], steps = Infinity): Rotation | undefined {
  const place = vaultKeys ? { dataDir, vaultKeys } : { dataDir }
  const going = rotation(db, clock, place)
  for (let made = 0; made < steps; made++) {
    const step = going.next()
    if (step.done) return step.value
  }
  return undefined
}

describe('changing the key', () => {
  test('seals every row anew, drops the old key and leaves its rows in the audit trail', () => {
    seal(open(), 230)
    const [old] = readKeyFile(file)!
    const sealed = new Set(rows().map(row => row.sealedPhone))
    const done = change()!
    expect(done).toMatchObject({ rows: 230, dropped: [keyId(old!)], isResumed: false })
    expect(readKeyFile(file)!.map(keyId)).toEqual([done.key])
    expect(rows().every(row => keyIdOf(row.sealedPhone!) === done.key && !sealed.has(row.sealedPhone))).toBe(
      true,
    )
    expect(rows().every(row => keyIdOf(row.sealedName!) === done.key)).toBe(true)
    expect(allOpen(open())).toBe(true)
    const notes = db.$client
      .prepare("select note from audit where action like 'vault.%' order by id")
      .pluck()
      .all()
    expect(notes).toEqual([
      '100 call-backs',
      '100 call-backs',
      '30 call-backs',
      `key ${done.key} instead of ${keyId(old!)}; 230 call-backs sealed anew`,
    ])
    expect(verifyChain(db)).toHaveProperty('length')
  })

  test.each([1, 2, 3, 4])(
    'broken off after step %i of 4, the service starts with all of it, and the next run goes on',
    steps => {
      seal(open(), 150)
      const before = readKeyFile(file)!.map(keyId)
      expect(change(undefined, steps)).toBeUndefined()
      const between = readKeyFile(file)!.map(keyId)
      expect(between).toEqual([between[0], ...before])
      const vault = open()
      expect(allOpen(vault)).toBe(true)
      seal(vault)
      expect(change()).toMatchObject({ key: between[0], dropped: before, isResumed: true })
      expect(readKeyFile(file)!.map(keyId)).toEqual([between[0]])
      expect(allOpen(open())).toBe(true)
    },
  )

  test('rows of which nothing is left are left alone', () => {
    seal(open(), 2)
    db.$client.exec('update callback set sealed_name = null, sealed_phone = null, purged_at = 1 where id = 1')
    expect(change()).toMatchObject({ rows: 1 })
    expect(rows()[0]).toMatchObject({ sealedName: null, sealedPhone: null })
  })

  test('given from outside, the first of them is the new one', () => {
    seal(open([one]), 3)
    expect(() => change([one])).toThrow('VAULT_KEY has one key; put a new one before it')
    expect(() => change([two])).toThrow('VAULT_KEY lacks the key')
    expect(change([two, one])).toMatchObject({ key: keyId(two), dropped: [keyId(one)], rows: 3 })
    expect(allOpen(open([two]))).toBe(true)
    expect(existsSync(file)).toBe(false)
  })

  test('a lost key changes nothing', () => {
    seal(open(), 3)
    writeFileSync(file, `${one.toString('base64')}\n`)
    expect(() => change()).toThrow('lacks the key')
    expect(readKeyFile(file)).toEqual([one])
  })
})
