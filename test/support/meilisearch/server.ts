import { expect } from 'vitest'
import { Connection } from '#server/platform/engine/meilisearch/connection.ts'
import { MASTER_KEY, startStub, type Stub } from './stub.ts'

/** The server that tests run against: that of MEILI_TEST_URL, or the stub. */
export interface TestServer {
  /** What it is, for the names of tests. */
  name: 'real' | 'stub'
  url: string
  key: string | undefined
  /** Only a stub can be made to fail. */
  stub: Stub | undefined
  /** The name of an index that nobody else has; it is gone after `close`. */
  newUid: () => string
  close: () => Promise<void>
}

let made = 0

/** Starts the stub unless there is a real server. */
export async function startServer(): Promise<TestServer> {
  const real = process.env.MEILI_TEST_URL
  const stub = real ? undefined : await startStub()
  const url = real ?? stub!.url
  const key = real ? process.env.MEILI_TEST_KEY : MASTER_KEY
  const uids: string[] = []
  const newUid = () => {
    made += 1
    uids.push(`firstline-test-${process.pid}-${made}`)
    return uids.at(-1)!
  }
  const close = async () => {
    const connection = new Connection({ url, key, timeout: 60_000 })
    if (real)
      for (const uid of uids) await Promise.all([connection.drop(uid), connection.drop(`${uid}-build`)])
    await stub?.kill()
    expect(stub?.violations ?? []).toEqual([])
  }
  return { name: stub ? 'stub' : 'real', url, key, stub, newUid, close }
}
