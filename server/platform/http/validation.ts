import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import type { FastifyInstance, FastifySchemaCompiler } from 'fastify'

const OPTIONS = { useDefaults: true, allErrors: false, strict: false } as const

// One of each for the whole process: Ajv compiles a schema once, however many instances are built with it.
const coercing = withFormats(new Ajv({ ...OPTIONS, coerceTypes: true }))
const exact = withFormats(new Ajv(OPTIONS))

/** Text in an address is turned into numbers; a JSON body must already have the right types. */
export const validateStrictly = (app: FastifyInstance): unknown => app.setValidatorCompiler(compile)

const compile: FastifySchemaCompiler<object> = ({ schema, httpPart }) =>
  (httpPart === 'body' ? exact : coercing).compile(schema)

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/u

/** ISO 8601 with an offset, of a day and an instant that exist: a leap second has no number of milliseconds. */
function isInstant(text: string): boolean {
  if (!INSTANT.test(text) || Number.isNaN(Date.parse(text))) return false
  const day = text.slice(0, 10)
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)
}

function withFormats(ajv: Ajv): Ajv {
  formats.default(ajv, ['date'])
  return ajv.addFormat('date-time', isInstant)
}
