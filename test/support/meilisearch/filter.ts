import { StubError } from './errors.ts'
import { list, type Document, type StoredIndex } from './stored-index.ts'

type Accepts = (document: Document) => boolean

const QUOTED = String.raw`"((?:[^"\\]|\\.)*)"`
const EQUAL = new RegExp(String.raw`^(\w+) = ${QUOTED}$`, 'u')
const AMONG = new RegExp(String.raw`^(\w+) IN \[((?:${QUOTED}(?:, )?)*)\]$`, 'u')
const ABSENT = /^(\w+) NOT EXISTS$/u

/** Whether a document passes a filter: an array is all of its members, an array within it any of its own. */
export function acceptor(index: StoredIndex, filter: unknown): (id: string) => boolean {
  if (filter === undefined || filter === null) return () => true
  const all = (Array.isArray(filter) ? filter : [filter]) as (string | string[])[]
  const parts = all.map(part => [part].flat().map(text => parse(index, text)))
  return id => {
    const document = index.documents.get(id)
    return document !== undefined && parts.every(any => any.some(accepts => accepts(document)))
  }
}

/** The conditions the adapter writes; everything else is refused as the server refuses what it cannot read. */
function parse(index: StoredIndex, text: string): Accepts {
  const equal = EQUAL.exec(text)
  if (equal) return isAmong(index, equal[1]!, [plain(equal[2]!)])
  const among = AMONG.exec(text)
  if (among)
    return isAmong(
      index,
      among[1]!,
      Array.from(among[2]!.matchAll(new RegExp(QUOTED, 'gu')), one => plain(one[1]!)),
    )
  const absent = ABSENT.exec(text)
  if (!absent) throw new StubError('invalid_search_filter')
  requireFilterable(index, absent[1]!)
  return document => document[absent[1]!] === undefined
}

/** Only the quote is unescaped: a backslash before anything else stays. */
const plain = (quoted: string): string => quoted.replaceAll('\\"', '"')

function isAmong(index: StoredIndex, name: string, values: readonly string[]): Accepts {
  requireFilterable(index, name)
  // an empty value is not kept to filter by: milli 1.41 finds nothing by it
  const wanted = values.filter(value => value !== '').map(value => value.toLowerCase())
  return document => [document[name]].flat().some(value => wanted.includes(String(value).toLowerCase()))
}

function requireFilterable(index: StoredIndex, name: string): void {
  if (!list(index.settings.filterableAttributes).includes(name)) throw new StubError('invalid_search_filter')
}
