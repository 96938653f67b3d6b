import { CODES, type Code } from '#server/contract/codes.ts'
import type { Api } from '#server/contract/api.ts'
import { ApiProblem, ApiUnreachable, isAborted, type FieldFault } from './problem.ts'
import { noteReached, noteUnreachable } from './connection.ts'
import { noteServerDate } from './clock.ts'
import { signInAgain } from './signed-out.ts'

type Route = keyof Api
/** `gate: false` gives a 401 back as a problem instead of waiting for the person to sign in again. */
interface Extras {
  signal?: AbortSignal
  gate?: boolean
  /** The version of the text that is written over: sent as If-Match. */
  version?: number
  /** Makes it one, however often it is sent: sent as Idempotency-Key. */
  sendKey?: string
}
/** What a call takes: the parts its route declares (a query may always be left out) and the extras. */
export type CallOptions<R extends Route> = Omit<Api[R], 'reply' | 'query'> &
  (Api[R] extends { query: infer Q } ? { query?: Q } : unknown) &
  Extras
type Arguments<R extends Route> =
  Extras extends CallOptions<R> ? [options?: CallOptions<R>] : [options: CallOptions<R>]

type Loose = Extras & { params?: object; query?: object; body?: unknown }

/**
 * Asks the server. Throws ApiProblem for a refusal and ApiUnreachable when no answer came. When the session is over it
 * waits until the person has signed in again and then repeats the request, so that nothing on the page is lost.
 */
export async function call<R extends Route>(route: R, ...[options]: Arguments<R>): Promise<Api[R]['reply']> {
  const loose: Loose = { ...options }
  for (;;) {
    const response = await send(route, loose)
    if (response.ok) return response.status === 204 ? null : await response.json()
    const problem = await problemOf(response)
    if (problem.code !== 'session.required' || loose.gate === false) throw problem
    await signInAgain(loose.signal)
  }
}

async function send(
  route: Route,
  { params, query, body, signal, version, sendKey }: Loose,
): Promise<Response> {
  const [method, path] = route.split(' ') as [string, string]
  const headers = {
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(version !== undefined && { 'if-match': `"${version}"` }),
    ...(sendKey !== undefined && { 'idempotency-key': sendKey }),
  }
  const json = body === undefined ? {} : { body: JSON.stringify(body) }
  try {
    const response = await fetch(address(path, params, query), { method, signal, headers, ...json })
    noteReached()
    noteServerDate(response.headers.get('date'))
    return response
  } catch (error) {
    if (isAborted(error)) throw error
    noteUnreachable()
    throw new ApiUnreachable(error)
  }
}

/** `/api/entries/:id` with its parameters filled in; what is undefined or empty is left out of the query. */
export function address(path: string, params: object = {}, query: object = {}): string {
  const values = new Map<string, unknown>(Object.entries(params))
  const filled = path.replace(/:(\w+)/gu, (_all, name: string) =>
    encodeURIComponent(String(values.get(name))),
  )
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value))
  }
  const asked = search.toString()
  return asked === '' ? filled : `${filled}?${asked}`
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null)
  const { code, fields } = (body ?? {}) as { code?: string; fields?: FieldFault[] }
  return new ApiProblem(isCode(code) ? code : codeOfStatus(response.status), response.status, fields)
}

const isCode = (code: string | undefined): code is Code => code !== undefined && Object.hasOwn(CODES, code)

/** For answers that are no problem document, as a proxy in between may give. */
function codeOfStatus(status: number): Code {
  if (status === 413) return 'request.too_large'
  if (status === 429) return 'request.too_many'
  if (status === 502 || status === 503 || status === 504) return 'server.stopping'
  return status >= 500 ? 'server.fault' : 'request.invalid'
}
