/** Statuses and types of the codes the stub gives, as the server has them. */
const CODES = {
  index_not_found: [404, 'invalid_request'],
  document_not_found: [404, 'invalid_request'],
  task_not_found: [404, 'invalid_request'],
  not_found: [404, 'invalid_request'],
  invalid_search_filter: [400, 'invalid_request'],
  bad_request: [400, 'invalid_request'],
  malformed_payload: [400, 'invalid_request'],
  missing_authorization_header: [401, 'auth'],
  invalid_api_key: [403, 'auth'],
  index_already_exists: [409, 'invalid_request'],
  invalid_document_id: [400, 'invalid_request'],
  invalid_index_uid: [400, 'invalid_request'],
  invalid_swap_indexes: [400, 'invalid_request'],
  invalid_swap_duplicate_index_found: [400, 'invalid_request'],
  payload_too_large: [413, 'invalid_request'],
  no_space_left_on_device: [422, 'system'],
  too_many_search_requests: [503, 'system'],
  internal: [500, 'internal'],
} as const

export type StubCode = keyof typeof CODES

/** A refusal of the stub, as the server words them. */
export class StubError extends Error {
  readonly code: StubCode

  constructor(code: StubCode) {
    super(`The stub says ${code}.`)
    this.code = code
  }

  get status(): number {
    return CODES[this.code][0]
  }

  get body(): { message: string; code: string; type: string; link: string } {
    const { message, code } = this
    return { message, code, type: CODES[code][1], link: `https://docs.meilisearch.com/errors#${code}` }
  }
}
