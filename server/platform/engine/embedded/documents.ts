import type { EngineDocument } from '#server/platform/engine/port.ts'
import type { DocumentTable } from './segment.ts'
import { hashString, packStrings, sharedBytes, sharedUint32, shareUint32 } from './strings.ts'

type TableRow = Pick<EngineDocument, 'id' | 'facets' | 'areas' | 'prior'>

/** Makes the table of documents in the order given; ids are unique. */
export function buildDocumentTable(rows: readonly TableRow[]): DocumentTable {
  const hashes = rows.map(row => hashString(row.id))
  const order = hashes
    .map((_, index) => index)
    .toSorted((left, right) => (hashes[left] ?? 0) - (hashes[right] ?? 0))
  const names = new Set(rows.flatMap(row => Object.keys(row.facets)))
  const facets = Object.create(null) as DocumentTable['facets']
  for (const name of names) facets[name] = encodeFacet(rows.map(row => row.facets[name]))
  const priors = sharedBytes(rows.length)
  rows.forEach((row, index) => (priors[index] = Math.round(255 * Math.min(1, Math.max(0, row.prior)))))
  return {
    ids: packStrings(rows.map(row => row.id)),
    idHashes: shareUint32(order.map(ordinal => hashes[ordinal] ?? 0)),
    idOrdinals: shareUint32(order),
    priors,
    facets,
    areas: encodeAreas(rows),
  }
}

function encodeFacet(column: readonly (string | undefined)[]): { values: string[]; codes: Uint32Array } {
  const values = ['']
  const known = new Map<string, number>()
  const codes = sharedUint32(column.length)
  column.forEach((value, index) => {
    if (value === undefined) return
    const code = known.get(value) ?? values.push(value) - 1
    known.set(value, code)
    codes[index] = code
  })
  return { values, codes }
}

function encodeAreas(rows: readonly TableRow[]): DocumentTable['areas'] {
  const sets: string[][] = []
  const known = new Map<string, number>()
  const codes = sharedUint32(rows.length)
  rows.forEach((row, index) => {
    const areas = [...new Set(row.areas)].toSorted()
    const key = JSON.stringify(areas)
    const code = known.get(key) ?? sets.push(areas) - 1
    known.set(key, code)
    codes[index] = code
  })
  return { sets, codes }
}
