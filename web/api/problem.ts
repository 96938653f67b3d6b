import type { Code } from '#server/contract/codes.ts'

export interface FieldFault {
  path: string
  message: string
}

/** A refusal of the server: its stable code, the HTTP status and the fields that failed, if any. */
export class ApiProblem extends Error {
  readonly code: Code
  readonly status: number
  readonly fields: readonly FieldFault[]

  constructor(code: Code, status: number, fields: readonly FieldFault[] = []) {
    super(code)
    this.name = 'ApiProblem'
    this.code = code
    this.status = status
    this.fields = fields
  }
}

/** The server could not be reached at all. */
export class ApiUnreachable extends Error {
  constructor(cause: unknown) {
    super('unreachable', { cause })
    this.name = 'ApiUnreachable'
  }
}

/** Whether a request was given up on purpose, because a newer one took its place. */
export const isAborted = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'AbortError'

/** The key of the locale files that words an error. */
export function wordingOf(error: unknown): string {
  if (error instanceof ApiProblem) return `code.${error.code}`
  return error instanceof ApiUnreachable ? 'state.unreachable' : 'code.server.fault'
}
