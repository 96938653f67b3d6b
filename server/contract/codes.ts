/** Every refusal the service can give: its stable code and its HTTP status. The page words them in Chinese and English. */
export const CODES = {
  'request.invalid': 400,
  'request.too_large': 413,
  'request.unsupported_media_type': 415,
  'request.wrong_origin': 403,
  'request.too_many': 429,
  'route.not_found': 404,
  'route.wrong_method': 405,
  'session.required': 401,
  'session.wrong_credentials': 401,
  'session.demo_off': 403,
  'right.missing': 403,
  'department.not_found': 404,
  'person.not_found': 404,
  'person.work_no_taken': 409,
  'source.not_found': 404,
  'entry.not_found': 404,
  'revision.not_found': 404,
  'revision.already_published': 409,
  'notice.not_found': 404,
  'notice.times_out_of_order': 422,
  'call.not_found': 404,
  'database.busy': 503,
  'server.stopping': 503,
  'server.fault': 500,
} as const

export type Code = keyof typeof CODES
