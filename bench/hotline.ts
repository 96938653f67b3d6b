import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parse } from 'yaml'
import type { EngineDocument } from '#server/platform/engine/port.ts'

/** One query as put by an agent or a caller, with the topic of its answer; `__none__` has none. */
export interface HotlineQuery {
  text: string
  topic: string
  kind: string
}

interface Matter {
  kind: string
  category: string
  topic: string
  standardQuestion: string
  similarQuestions: string[]
  say: string
  basis?: { source: string; clause?: string }[]
  scope?: Record<string, string>
  tags?: string[]
}

const ROOT = new URL('../', import.meta.url)

/** The starter entries as documents to search. A file that cannot be read is named and left out. */
export function readContent(): EngineDocument[] {
  const sources = parse(readFileSync(new URL('content/sources.yaml', ROOT), 'utf8')) as Record<
    string,
    { title: string; number?: string }
  >
  return globSync('content/entries/**/*.md', { cwd: ROOT.pathname }).flatMap(path => {
    const text = readFileSync(new URL(path, ROOT), 'utf8')
    const [, matter = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/u.exec(text) ?? []
    try {
      return [toDocument(basename(path, '.md'), parse(matter) as Matter, body, sources)]
    } catch (error) {
      console.log(`left out: ${path}: ${String(error)}`)
      return []
    }
  })
}

/** The queries made for the starter content, or undefined when they are not there. */
export function readHotlineQueries(): HotlineQuery[] | undefined {
  const file = new URL('../../shared/data/hotline/queries.dev.tsv', import.meta.url)
  if (!existsSync(file)) return undefined
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n')
  return lines.map(line => {
    const [text = '', topic = '', kind = ''] = line.split('\t')
    return { text, topic, kind }
  })
}

function toDocument(
  key: string,
  matter: Matter,
  body: string,
  sources: Record<string, { title: string; number?: string }>,
): EngineDocument {
  return {
    id: key,
    fields: {
      title: [matter.standardQuestion],
      similar: matter.similarQuestions,
      say: [matter.say],
      body: [body.replace(/\]\([^)]*\)/gu, ' ')],
      tags: [...(matter.tags ?? []), ...Object.values(matter.scope ?? {})],
      topic: [matter.topic],
      basis: (matter.basis ?? []).flatMap(({ source, clause }) => [
        sources[source]?.title ?? '',
        sources[source]?.number ?? '',
        clause ?? '',
      ]),
    },
    facets: { kind: matter.kind, category: matter.category },
    areas: [],
    prior: 0.5,
  }
}
