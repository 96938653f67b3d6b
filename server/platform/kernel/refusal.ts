import { CODES, type Code } from '#server/contract/codes.ts'

export type FieldFault = { path: string; message: string }

/**
 * A refusal the caller can understand: `code` is stable and worded by the page; `fields` name what failed.
 * Thrown by commands and queries, mapped to HTTP once (platform/http/problems.ts).
 */
export class Refusal extends Error {
  readonly code: Code
  readonly fields: FieldFault[] | undefined

  constructor(code: Code, fields?: FieldFault[]) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.fields = fields
  }

  get status(): number {
    return CODES[this.code]
  }
}
