import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { Connection } from '#server/platform/engine/meilisearch/connection.ts'
import { makeCertificates } from '../../support/certificates.ts'

// a process is started, on a machine shared with other tests and other work
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const { authority, server } = makeCertificates()
const keys: (string | undefined)[] = []
const https = createServer(server, (request, reply) => {
  keys.push(request.headers.authorization)
  reply.end(JSON.stringify({ pkgVersion: '1.53.0', commitSha: '', commitDate: '' }))
})
await new Promise<void>(resolve => https.listen(0, '127.0.0.1', resolve))
const url = `https://127.0.0.1:${(https.address() as AddressInfo).port}`
const folder = mkdtempSync(join(tmpdir(), 'firstline-tls-'))

afterAll(() => {
  https.close()
  rmSync(folder, { recursive: true, force: true })
})

const CONNECTION = fileURLToPath(
  new URL('../../../server/platform/engine/meilisearch/connection.ts', import.meta.url),
)
const ASK = `
  const { Connection } = await import(${JSON.stringify(CONNECTION)})
  const ask = new Connection({ url: ${JSON.stringify(url)}, key: 'the-key', timeout: 60_000 }).version()
  console.log(await ask.catch(error => error.kind))
`

/** What a process of its own says, which trusts what is in a file besides what everybody trusts. */
async function said(trusted: string): Promise<string> {
  const file = join(folder, 'authority.pem')
  writeFileSync(file, trusted)
  const env = { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: file }
  const child = spawn(process.execPath, ['--input-type=module', '--eval', ASK], {
    env,
    cwd: fileURLToPath(new URL('../../../', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return (await text(child.stdout)).trim()
}

describe('a server behind TLS', () => {
  it('with a certificate of an authority of the house is trusted by NODE_EXTRA_CA_CERTS', async () => {
    expect(await said(authority.cert)).toBe('1.53.0')
    expect(keys).toEqual(['Bearer the-key'])
  })

  it('with a certificate nobody here trusts is a fault, and gets no key', async () => {
    keys.length = 0
    const connection = new Connection({ url, key: 'the-key', timeout: 60_000 })
    await expect(connection.version()).rejects.toMatchObject({ kind: 'untrusted' })
    expect(await said(makeCertificates().authority.cert)).toBe('untrusted')
    expect(keys).toEqual([])
  })
})
