import type { DraftText } from '#server/contract/writing.ts'
import type { Reader, Tx } from '#server/platform/db/db.ts'
import { isoOrNull } from '#server/platform/kernel/clock.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import type { Fault } from '#server/platform/yaml/parse.ts'
import { beginEntry, endOfDay, requireWriter, startOfDay, type EntryFile } from '#server/entries/index.ts'
import { departments, type Actor } from '#server/people/index.ts'
import { sourceIdsByKey } from '#server/sources/index.ts'
import { entryOfScriptFile } from './import.ts'

/**
 * Begins a script with what a script file says. Refuses `right.missing`, and `script.unreadable` with each fault under the line it
 * stands in, `body.markdown.12`.
 */
export function importScript(
  tx: Tx,
  now: number,
  actor: Actor,
  markdown: string,
): { id: number; revisionId: number } {
  requireWriter(actor)
  const file = entryOfScriptFile(markdown)
  if (Array.isArray(file)) throw unreadable(file)
  const sources = sourceIdsByKey(tx)
  const faults = unknownNames(tx, file, sources)
  if (faults.length > 0) throw unreadable(faults)
  return beginEntry(tx, now, actor, draftOf(file, sources))
}

/** So many faults are told at once. */
const MOST_TOLD = 100

const unreadable = (faults: readonly Fault[]): Refusal =>
  new Refusal(
    'script.unreadable',
    faults
      .slice(0, MOST_TOLD)
      .map(({ line, reason }) => ({ path: `body.markdown.${line}`, message: reason })),
  )

function unknownNames(db: Reader, file: EntryFile, sources: ReadonlyMap<string, number>): Fault[] {
  const known = departments(db).some(one => one.slug === file.ownerDepartment)
  const owner = {
    line: file.lineOf('ownerDepartment'),
    reason: `there is no department ${file.ownerDepartment}`,
  }
  const cited = (file.basis ?? []).flatMap((one, index) =>
    sources.has(one.source)
      ? []
      : [
          {
            line: file.lineOf(`basis/${index}`),
            reason: `${one.source} is not in the register of documents`,
          },
        ],
  )
  return [...(known ? [] : [owner]), ...cited]
}

function draftOf(file: EntryFile, sources: ReadonlyMap<string, number>): DraftText {
  const {
    kind,
    category,
    topic,
    ownerDepartment,
    standardQuestion,
    similarQuestions,
    say,
    body,
    tags,
    labels,
  } = file
  const text = {
    kind,
    category,
    topic,
    ownerDepartment,
    standardQuestion,
    similarQuestions,
    say,
    body,
    tags,
    labels,
  }
  return {
    ...text,
    scope: file.scope ?? {},
    basis: (file.basis ?? []).map(({ source: name, clause }) => ({ sourceId: sources.get(name)!, clause })),
    validFrom: day(file.validFrom, startOfDay),
    validUntil: day(file.validUntil, endOfDay),
    verifyBy: day(file.verifyBy, endOfDay),
  }
}

const day = (given: string | undefined, instant: (day: string) => number): string | null =>
  isoOrNull(given === undefined ? null : instant(given))
