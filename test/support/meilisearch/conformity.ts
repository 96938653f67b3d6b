import { existsSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

/** The description of the server's API that lies beside the project. */
export const DESCRIPTION = new URL('../../../../shared/meilisearch/openapi.json', import.meta.url)

interface Content {
  content?: { 'application/json'?: { schema?: object } }
}
interface Operation {
  requestBody?: Content
  responses: Record<string, Content>
}

/** Says what is wrong with requests and replies by the server's own description of its API. */
export interface Conformity {
  request(method: string, path: string, body: unknown): string | undefined
  reply(method: string, path: string, status: number, body: unknown): string | undefined
}

let known: Conformity | undefined

/** The check, or undefined where the description is not there. Made once: it takes a moment. */
export function conformity(): Conformity | undefined {
  if (!existsSync(DESCRIPTION)) return undefined
  known ??= fromDescription(JSON.parse(readFileSync(DESCRIPTION, 'utf8')))
  return known
}

const place = (method: string, path: string): string =>
  `/paths/${encodeURIComponent(path.replaceAll('/', '~1'))}/${method.toLowerCase()}`

interface Description {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, object> }
}

function fromDescription(description: Description): Conformity {
  // described as an object, but the server reads and its own client sends the bare list
  description.components.schemas.AttributePatterns = { type: 'array', items: { type: 'string' } }
  const ajv = new Ajv2020({ strict: false, logger: false, validateFormats: true })
  addFormats.default(ajv)
  ajv.addSchema(description, 'api')
  const fault = (pointer: string, body: unknown): string | undefined => {
    const validate = ajv.getSchema(`api#${pointer}`) ?? ajv.compile({ $ref: `api#${pointer}` })
    return validate(body) ? undefined : `${pointer}: ${ajv.errorsText(validate.errors)}`
  }
  const schema = '/content/application~1json/schema'
  return {
    request(method, path, body) {
      const operation = description.paths[path]?.[method.toLowerCase()]
      if (!operation) return `${method} ${path} is not described`
      if (!operation.requestBody?.content?.['application/json']?.schema) return undefined
      return fault(`${place(method, path)}/requestBody${schema}`, body)
    },
    reply(method, path, status, body) {
      if (status >= 400) return fault('/components/schemas/ResponseError', body)
      const described = description.paths[path]?.[method.toLowerCase()]?.responses[String(status)]
      if (!described) return `${method} ${path} has no reply ${status}`
      if (!described.content?.['application/json']?.schema) return undefined
      return fault(`${place(method, path)}/responses/${status}${schema}`, body)
    },
  }
}
