import { Stub } from '../test/support/meilisearch/stub.ts'

/** The stub of the tests as a process of its own, to be killed: prints its address once it listens. */
const stub = new Stub(Number(process.argv[2] ?? 0))
await stub.start()
console.log(stub.url)
