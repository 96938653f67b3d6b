import { vi } from 'vitest'

export type Answer = (url: URL, init: RequestInit) => unknown

/** What the stub was asked, in order: method, address and body. */
export interface Asked {
  method: string
  url: URL
  body: unknown
}

/**
 * Answers `fetch` by route, as in `{ 'GET /api/search': url => reply }`. A Response is passed on, a thrown error is a
 * broken connection, everything else becomes JSON. A route that is missing answers 404.
 */
export function stubServer(routes: Record<string, Answer>): { asked: Asked[] } {
  const asked: Asked[] = []
  vi.stubGlobal('fetch', async (input: string, init: RequestInit = {}) => {
    const url = new URL(input, 'http://desk.test')
    const method = init.method ?? 'GET'
    asked.push({ method, url, body: init.body === undefined ? undefined : JSON.parse(String(init.body)) })
    const answer = routes[`${method} ${url.pathname}`]
    const given = answer ? await answer(url, init) : problem('route.not_found', 404)
    return given instanceof Response ? given : Response.json(given)
  })
  return { asked }
}

export const problem = (code: string, status: number, more: object = {}): Response =>
  new Response(JSON.stringify({ type: 'about:blank', title: code, status, code, ...more }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  })

/** An answer that comes when it is told to. */
export function later<T>(): { promise: Promise<T>; give: (value: T) => void } {
  const { promise, resolve } = Promise.withResolvers<T>()
  return { promise, give: resolve }
}

/** Lets everything that is already decided happen. */
export const settle = (): Promise<void> => new Promise(resolve => setTimeout(resolve))
