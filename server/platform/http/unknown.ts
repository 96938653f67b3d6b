import type { FastifyInstance } from 'fastify'
import { sendProblem } from './problems.ts'

/** Answers addresses nobody registered with 404, and known ones under another method with 405 and `allow`. */
export function answerUnknown(app: FastifyInstance): void {
  const known: { pattern: RegExp; url: string; methods: Set<string> }[] = []
  app.addHook('onRoute', ({ url, method }) => {
    const route = known.find(one => one.url === url) ?? { url, pattern: patternOf(url), methods: new Set() }
    if (route.methods.size === 0) known.push(route)
    for (const one of [method].flat()) route.methods.add(one)
  })
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? ''
    const allowed = new Set(
      known.filter(route => route.pattern.test(path)).flatMap(route => [...route.methods]),
    )
    if (allowed.size === 0) return sendProblem(reply, 'route.not_found')
    return sendProblem(reply.header('allow', [...allowed].join(', ')), 'route.wrong_method')
  })
}

const patternOf = (url: string): RegExp =>
  new RegExp(`^${url.replace(/[.+^${}()|[\]\\]/gu, '\\$&').replace(/:[^/]+/gu, '[^/]+')}$`, 'u')
