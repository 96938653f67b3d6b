import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { MASTER_KEY } from '../test/support/meilisearch/stub.ts'

/** Milliseconds until a server that was started listens. */
const STARTING = 1500

/** Starts the server that MEILI_COMMAND names, or the stub; at `port`, 0 being any that is free. */
export async function startServer(port: number): Promise<{ process: ChildProcess; url: string }> {
  const { MEILI_COMMAND: command } = process.env
  if (command) {
    const env = { ...process.env, PORT: String(port || (await freePort())) }
    const child = spawn('/bin/sh', ['-c', `exec ${command}`], { stdio: 'ignore', env })
    await sleep(STARTING)
    return { process: child, url: `http://127.0.0.1:${env.PORT}` }
  }
  const file = new URL('stub.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [file, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  process.env.MEILI_KEY = MASTER_KEY
  return { process: child, url: line.toString().trim() }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
