import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import type { FastifyInstance, FastifySchemaCompiler } from 'fastify'

const OPTIONS = { useDefaults: true, allErrors: false, strict: false } as const

/** Text in an address is turned into numbers; a JSON body must already have the right types. */
export function validateStrictly(app: FastifyInstance): void {
  const coercing = withFormats(new Ajv({ ...OPTIONS, coerceTypes: true }))
  const exact = withFormats(new Ajv(OPTIONS))
  const compile: FastifySchemaCompiler<object> = ({ schema, httpPart }) =>
    (httpPart === 'body' ? exact : coercing).compile(schema)
  app.setValidatorCompiler(compile)
}

function withFormats(ajv: Ajv): Ajv {
  formats.default(ajv, ['date', 'date-time'])
  return ajv
}
