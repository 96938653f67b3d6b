import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url))
const { PATH, NODE_COMPILE_CACHE } = process.env
const children = new Set<ChildProcess>()

function start(env: Record<string, string>) {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH, NODE_COMPILE_CACHE, PORT: '0', LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.add(child)
  let said = ''
  child.stdout.on('data', chunk => (said += chunk))
  const complaint = text(child.stderr)
  const ended = once(child, 'close').then(async ([code]) => ({ code, complaint: await complaint }))
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const address = /^ready (\S+)$/mu.exec(said)?.[1]
      if (address) resolve(address)
    })
    void ended.then(({ complaint: why }) => reject(new Error(why)))
  })
  ready.catch(() => undefined)
  return { child, ready, ended, said: () => said }
}

afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
})

/** The children share few cores with every other test. */
const PATIENCE = 120_000
vi.setConfig({ testTimeout: PATIENCE, hookTimeout: PATIENCE })

const folder = () => mkdtempSync(join(tmpdir(), 'firstline-start-'))

/** Starts where it must not, and expects one line on stderr and exit code 1. */
async function expectRefusal(env: Record<string, string>, reason: RegExp) {
  const { ended, said } = start(env)
  const { code, complaint } = await ended
  expect(complaint).toMatch(/^firstline: [^\n]*\n$/u)
  expect(complaint).toMatch(reason)
  expect(said()).not.toContain('ready')
  expect(code).toBe(1)
}

describe('a running service', () => {
  const dataDir = folder()
  let service: ReturnType<typeof start>
  let address: string
  beforeAll(async () => {
    service = start({ DATA_DIR: dataDir, LOG_LEVEL: 'trace' })
    address = await service.ready
  })

  const signIn = async () => {
    const headers = { 'content-type': 'application/json' }
    const reply = await fetch(`${address}/api/session`, {
      method: 'POST',
      headers,
      body: '{"persona":"agent"}',
    })
    return { cookie: reply.headers.get('set-cookie')!.split(';')[0]! }
  }

  test('says where it answers, and is filled', async () => {
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/u)
    const health = (await (await fetch(`${address}/api/health`)).json()) as { engine: { documents: number } }
    expect(health).toMatchObject({ status: 'ok', engine: { name: 'embedded' }, database: { ok: true } })
    expect(health.engine.documents).toBeGreaterThanOrEqual(160)
  })

  test('what it writes is for its own account alone', () => {
    for (const name of readdirSync(dataDir)) expect(statSync(join(dataDir, name)).mode & 0o077, name).toBe(0)
  })

  test('a second one on the same folder is refused in one line', async () => {
    await expectRefusal({ DATA_DIR: dataDir }, /the database is locked: another Firstline runs/u)
  })

  test('the log never holds what was searched', async () => {
    const headers = await signIn()
    await fetch(`${address}/api/search?q=${encodeURIComponent('13800138000停电')}`, { headers })
    await fetch(`${address}/api/nothing?callerNum=13800138000`, { headers })
    expect(service.said()).not.toMatch(/13800138000|%E5%81%9C/u)
  })

  test('SIGTERM finishes a request under way and ends with 0; the next start finds everything again', async () => {
    const { cookie } = await signIn()
    const body = JSON.stringify({ area: '东城区' })
    const socket = connect(Number(new URL(address).port), '127.0.0.1')
    const head = `POST /api/calls HTTP/1.1\r\nhost: localhost\r\ncookie: ${cookie}\r\ncontent-type: application/json`
    // else the service waits its nine seconds for what else might come over this connection
    const manner = 'expect: 100-continue\r\nconnection: close'
    socket.write(
      `${head}\r\n${manner}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body.slice(0, 5)}`,
    )
    const [underWay] = (await once(socket, 'data')) as [Buffer]
    expect(underWay.toString()).toMatch(/^HTTP\/1\.1 100 /u)
    const answer = text(socket)
    service.child.kill('SIGTERM')
    await refusesConnections(address)
    socket.write(body.slice(5))
    expect(await answer).toMatch(/^HTTP\/1\.1 201 /u)
    expect(await service.ended).toEqual({ code: 0, complaint: '' })

    const again = start({ DATA_DIR: dataDir })
    const there = await again.ready
    const current = await fetch(`${there}/api/calls/current`, { headers: { cookie } })
    expect(await current.json()).toMatchObject({ call: { area: '东城区' } })
    again.child.kill('SIGTERM')
    expect((await again.ended).code).toBe(0)
  })
})

/** Waits until nobody listens at the address any more. */
async function refusesConnections(address: string): Promise<void> {
  for (;;) {
    const socket = connect(Number(new URL(address).port), '127.0.0.1')
    const isOpen = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false)
    socket.destroy()
    if (!isOpen) return
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

describe('a start that cannot be', () => {
  test('a setting without sense, before anything is made', async () => {
    const dataDir = join(folder(), 'data')
    await expectRefusal({ DATA_DIR: dataDir, PORT: 'dreitausend' }, /PORT must be 0 to 65535/u)
    expect(existsSync(dataDir)).toBe(false)
  })

  test('a file where the folder should be', async () => {
    const path = join(folder(), 'data')
    writeFileSync(path, '')
    await expectRefusal({ DATA_DIR: path }, /DATA_DIR must be a folder/u)
  })

  test('a database that is none', async () => {
    const dataDir = folder()
    writeFileSync(join(dataDir, 'firstline.db'), '这不是数据库。'.repeat(1000))
    await expectRefusal({ DATA_DIR: dataDir }, /the database file is damaged or is no database/u)
  })
})

test('a port that was taken leaves a folder the next start can use', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  onTestFinished(() => void taken.close())
  const dataDir = folder()
  await expectRefusal(
    { DATA_DIR: dataDir, PORT: String((taken.address() as AddressInfo).port) },
    /the port is taken/u,
  )
  const { child, ready, ended } = start({ DATA_DIR: dataDir })
  await ready
  child.kill('SIGTERM')
  expect((await ended).code).toBe(0)
  expect(readdirSync(dataDir)).toContain('firstline.db')
  rmSync(dataDir, { recursive: true })
})
