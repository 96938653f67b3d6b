import { ApiProblem, ApiUnreachable } from '../../../web/api/index.ts'
import type { Ports, Stored } from '../../../web/drafts/saving.ts'
import { entryText, type Draft } from '../../../web/entries/texts.ts'
import { sameText } from '../../../web/drafts/texts.ts'
import { draft } from '../entries/drafts.ts'

export const offline = () => new ApiUnreachable(new TypeError('Failed to fetch'))
export const problem = (code: ConstructorParameters<typeof ApiProblem>[0], status: number) =>
  new ApiProblem(code, status)

/** A server with one draft. `fail` is thrown instead of an answer; `loses` loses the answer to what was done. */
export function makeServer() {
  const server = {
    now: { version: 1, text: draft() } as Stored<Draft>,
    puts: [] as Draft[],
    fail: undefined as unknown,
    loses: false,
    hold: undefined as Promise<void> | undefined,
    copy: undefined as Draft | undefined,
    storageFull: false,
    signIns: 0,
    signedIn: () => {},
  }
  const ports: Ports<Draft> = {
    same: (a, b) => sameText(entryText, a, b),
    put: async (text, version) => {
      server.puts.push(text)
      await server.hold
      if (server.fail) throw server.fail
      if (version !== server.now.version) throw problem('revision.stale', 412)
      server.now = { version: version + 1, text }
      if (server.loses) throw offline()
      return server.now.version
    },
    get: async () => {
      if (server.fail) throw server.fail
      return server.now
    },
    keep: ({ text }) => {
      if (server.storageFull) return false
      server.copy = text
      return true
    },
    forget: () => (server.copy = undefined),
    signIn: () => {
      server.signIns += 1
      return new Promise(resolve => (server.signedIn = resolve))
    },
  }
  return { server, ports }
}
