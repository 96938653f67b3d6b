import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify'
import { CODES, type Code } from '#server/contract/codes.ts'
import type { Problem } from '#server/contract/shapes.ts'
import { Refusal, type FieldFault } from '../kernel/refusal.ts'

/** RFC 9457 details of a refusal; the title is the code in words, never anything internal. */
export function problem(code: Code, fields?: FieldFault[]): Problem {
  const details = { type: 'about:blank', title: code.replace(/[._]/gu, ' '), status: CODES[code], code }
  return fields?.length ? { ...details, fields } : details
}

/** Sends `code` as application/problem+json. */
export function sendProblem(reply: FastifyReply, code: Code, fields?: FieldFault[]): FastifyReply {
  return reply.code(CODES[code]).type('application/problem+json').send(problem(code, fields))
}

/** The one place where errors become answers. Only a programming error becomes 500; its text stays in the log. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (error instanceof Refusal) return sendProblem(reply, error.code, error.fields)
    if (error.validation) return sendProblem(reply, 'request.invalid', faultsOf(error))
    const code = codeOf(error)
    if (code === 'server.fault') request.log.error(error)
    const limit = `must not be larger than ${app.initialConfig.bodyLimit} bytes`
    return sendProblem(reply, code, code === 'request.too_large' ? [{ path: 'body', message: limit }] : [])
  })
}

function codeOf(error: FastifyError): Code {
  if (error.code?.startsWith('SQLITE_BUSY')) return 'database.busy'
  switch (error.statusCode) {
    case 413:
      return 'request.too_large'
    case 415:
      return 'request.unsupported_media_type'
    case 429:
      return 'request.too_many'
    case 503:
      return 'server.stopping'
    default:
      return error.statusCode && error.statusCode < 500 ? 'request.invalid' : 'server.fault'
  }
}

function faultsOf(error: FastifyError): FieldFault[] {
  const base = error.validationContext === 'querystring' ? 'query' : (error.validationContext ?? 'body')
  return (error.validation ?? []).map(({ instancePath, params, message }) => {
    const inner = instancePath.split('/').filter(Boolean)
    const missing = params.missingProperty ?? params.additionalProperty
    return {
      path: [base, ...inner, ...(missing ? [String(missing)] : [])].join('.'),
      message: message ?? 'invalid',
    }
  })
}
