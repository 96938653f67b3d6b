import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { openDb } from '#server/platform/db/db.ts'
import { fillWhenEmpty } from '#server/prepare.ts'

const ROOT = dirname(dirname(import.meta.dirname))

/** The service as a process of its own, as `npm start` runs it. */
export interface Service {
  /** Such as http://127.0.0.1:40123, without a slash at the end. */
  address: string
  /** Its DATA_DIR: the database in it outlives a stop. */
  dataDir: string
  /** SIGTERM; gives the exit code. */
  stop: () => Promise<number | null>
  /** Stops it and starts it again at the same address on the same database; `meanwhile` runs while it is down. */
  restart: (meanwhile?: () => Promise<void>) => Promise<void>
  /** The same, but it dies in the middle of whatever it does, as when the power fails. */
  crash: (meanwhile?: () => Promise<void>) => Promise<void>
  /** Stops it and removes its database. */
  remove: () => Promise<void>
}

/** Starts the service, with the page as it is built now and a demo of its own. Throws what it said when it fails. */
export async function startService(): Promise<Service> {
  beginning ??= makeBeginning()
  const dataDir = mkdtempSync(join(tmpdir(), 'firstline-service-'))
  writeFileSync(join(dataDir, 'firstline.db'), beginning)
  let process = await startProcess(dataDir, '0')
  const { port } = new URL(process.address)
  const restart = async (signal: NodeJS.Signals, meanwhile?: () => Promise<void>) => {
    await process.stop(signal)
    await meanwhile?.()
    process = await startProcess(dataDir, port)
  }
  return {
    address: process.address,
    dataDir,
    stop: () => process.stop(),
    restart: meanwhile => restart('SIGTERM', meanwhile),
    crash: meanwhile => restart('SIGKILL', meanwhile),
    remove: async () => {
      await process.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** The database of a demo as its first start leaves it, filled once a process: that takes longer than all else of a start. */
let beginning: Buffer | undefined

function makeBeginning(): Buffer {
  buildPage()
  const db = openDb(':memory:')
  fillWhenEmpty(db, Date.now(), { demo: 'default', host: '127.0.0.1' })
  const filled = db.$client.serialize()
  db.$client.close()
  return filled
}

/** Builds the page as it is now, where it is not built already. */
export function buildPage(): void {
  const { status } = spawnSync(process.execPath, ['tools/build-page.js'], { cwd: ROOT, stdio: 'inherit' })
  if (status !== 0) throw new Error('the page cannot be built')
}

interface Running {
  address: string
  stop: (signal?: NodeJS.Signals) => Promise<number | null>
}

function startProcess(dataDir: string, port: string): Promise<Running> {
  const env = { ...process.env, HOST: '127.0.0.1', PORT: port, DATA_DIR: dataDir, LOG_LEVEL: 'warn' }
  const child = spawn(process.execPath, ['server/main.ts'], { cwd: ROOT, env })
  const ended = new Promise<number | null>(resolve => child.on('exit', resolve))
  const stop = (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal)
    return ended
  }
  let said = ''
  return new Promise((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk.toString()
      const address = /^ready (\S+)$/mu.exec(said)?.[1]
      if (address) resolve({ address, stop })
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    void ended.then(code => reject(new Error(`the service ended with ${code}: ${said}`)))
  })
}
