import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { EngineDocument, FieldSettings } from '#server/platform/engine/port.ts'

/** A collection of statutes or answers with real questions about it. */
export interface LawCollection {
  documents: EngineDocument[]
  queries: { text: string; relevant: string[] }[]
}

/** How the fields of a collection count. */
export const LAW_FIELDS: Record<string, FieldSettings> = {
  title: { weight: 2, lengthDiscount: 0.5, initials: true },
  body: { weight: 1, lengthDiscount: 0.75, initials: false },
}

/** Reads a collection beside the project, or undefined when it is not there. */
export function readLaw(name: 'law-lecoqa' | 'law-stard'): LawCollection | undefined {
  const folder = new URL(`../../shared/data/${name}/`, import.meta.url)
  if (!existsSync(folder)) return undefined
  const documents = readLines<{ id: string; title: string; body: string }>(new URL('docs.jsonl.gz', folder))
  return {
    documents: documents.map(({ id, title, body }) => ({
      id,
      fields: { title: [title], body: [body] },
      facets: {},
      areas: [],
      prior: 0,
    })),
    queries: readLines(new URL('queries.jsonl.gz', folder)),
  }
}

function readLines<T>(file: URL): T[] {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').split('\n')
  return lines.filter(line => line !== '').map(line => JSON.parse(line) as T)
}
