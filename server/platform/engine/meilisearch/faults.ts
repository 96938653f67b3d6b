import { MeilisearchApiError, MeilisearchRequestError } from 'meilisearch'
import type { EngineFault } from '#server/contract/engine.ts'

/** Why a Meilisearch server could not be used. */
export type FaultKind = EngineFault

/** A fault of the server or of the way to it. The message holds no key, no address and nothing that was searched. */
export class RemoteFault extends Error {
  readonly kind: FaultKind
  /** The server's own code, where it gave one. */
  readonly code: string | undefined
  /** For how long (ms) it asked to be left alone. */
  readonly retryAfter: number | undefined

  constructor(kind: FaultKind, code?: string, retryAfter?: number) {
    super(`Meilisearch: ${kind}${code === undefined ? '' : ` (${code})`}`)
    this.name = 'RemoteFault'
    this.kind = kind
    this.code = code
    this.retryAfter = retryAfter
  }
}

/** What the client threw, as a fault. The client gives the server's code in `cause`, and a bare SyntaxError for HTML. */
export function faultOf(error: unknown): RemoteFault {
  if (error instanceof RemoteFault) return error
  if (error instanceof MeilisearchApiError) return faultOfReply(error)
  if (error instanceof SyntaxError) return new RemoteFault('garbled')
  const cause = error instanceof MeilisearchRequestError ? error.cause : error
  if (isTimeout(error) || isTimeout(cause)) return new RemoteFault('timeout')
  const code = codeOf(cause)
  return new RemoteFault(CERTIFICATE.test(code ?? '') ? 'untrusted' : 'refused', code)
}

/** What Node says of certificates: of an authority nobody trusts, of another host, out of date. */
const CERTIFICATE = /CERT|ISSUER|SIGNATURE/u

/** The code of what fetch failed of, which is the cause of a cause. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  return 'code' in error && typeof error.code === 'string' ? error.code : codeOf(error.cause)
}

function faultOfReply({ cause, response }: MeilisearchApiError): RemoteFault {
  const { status } = response
  const code = typeof cause?.code === 'string' ? cause.code : undefined
  if (status === 401 || status === 403) return new RemoteFault('unauthorized', code)
  if (code === 'index_not_found') return new RemoteFault('missing', code)
  if (code === 'no_space_left_on_device') return new RemoteFault('full', code)
  if (status === 503 || status === 429)
    return new RemoteFault('busy', code, waitOf(response.headers.get('retry-after') ?? ''))
  return new RemoteFault(status >= 500 || code === undefined ? 'garbled' : 'rejected', code)
}

/** The milliseconds of a Retry-After, which is in seconds or an instant; undefined when it is neither. */
function waitOf(header: string): number | undefined {
  const wait = /^\d+$/u.test(header) ? 1000 * Number(header) : Date.parse(header) - Date.now()
  return wait >= 0 ? wait : undefined
}

const isTimeout = (error: unknown): boolean =>
  error instanceof Error &&
  ['TimeoutError', 'AbortError', 'MeilisearchRequestTimeOutError', 'MeilisearchTaskTimeOutError'].includes(
    error.name,
  )
