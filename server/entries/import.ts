import { and, desc, eq, isNotNull } from 'drizzle-orm'
import type { Tx } from '#server/platform/db/db.ts'
import { DAY } from '#server/platform/kernel/clock.ts'
import type { Fault } from '#server/platform/yaml/parse.ts'
import { draftEntry, publishRevision, reviseEntry } from './commands.ts'
import { endOfDay, startOfDay } from './days.ts'
import type { EntryFile } from './file.ts'
import { standingPublication } from './published.ts'
import { VERIFY_AFTER_DAYS, needsBasis, type NewRevision } from './rules.ts'
import { entry, revision } from './tables.ts'

export type Imported = 'created' | 'updated' | 'unchanged' | Fault[]

/** What citations and departments in files are checked against. */
export interface Register {
  sources: ReadonlyMap<string, number>
  topics: ReadonlySet<string>
  departments: ReadonlySet<string>
}

/**
 * Takes one entry file over under its key, with a founding approval of its owner department. The same text again does
 * nothing. An entry that the committee has changed or retired since is left alone and reported.
 */
export function importEntry(tx: Tx, now: number, key: string, file: EntryFile, register: Register): Imported {
  const faults = unknownNames(file, register)
  if (faults.length > 0) return faults
  const by = { personId: null, importHash: file.hash }
  const approvals = [{ department: file.ownerDepartment, personId: null }]
  const existing = tx.select().from(entry).where(eq(entry.key, key)).get()
  if (!existing) {
    publishRevision(
      tx,
      now,
      draftEntry(tx, now, by, revisionOf(file, register, now), key).revisionId,
      approvals,
    )
    return 'created'
  }
  if (lastImport(tx, existing.id)?.importHash === file.hash) return 'unchanged'
  if (!isAsImported(tx, existing.id))
    return [{ line: 1, reason: 'the entry was changed in the service since; the file is not taken over' }]
  publishRevision(tx, now, reviseEntry(tx, now, by, existing.id, revisionOf(file, register, now)), approvals)
  return 'updated'
}

function unknownNames(file: EntryFile, { sources, topics, departments }: Register): Fault[] {
  const faults: Fault[] = []
  if (!topics.has(file.topic))
    faults.push({ line: file.lineOf('topic'), reason: `topic ${file.topic} is not in topics.yaml` })
  if (!departments.has(file.ownerDepartment)) {
    faults.push({
      line: file.lineOf('ownerDepartment'),
      reason: `department ${file.ownerDepartment} is not in departments.yaml`,
    })
  }
  file.basis?.forEach(({ source }, index) => {
    if (!sources.has(source))
      faults.push({ line: file.lineOf(`basis/${index}`), reason: `source ${source} is not in sources.yaml` })
  })
  if (needsBasis(file.kind) && !file.basis?.length) {
    faults.push({ line: file.lineOf('kind'), reason: `kind ${file.kind} needs a basis` })
  }
  return faults
}

function revisionOf(file: EntryFile, { sources }: Register, now: number): NewRevision {
  const { kind, category, topic, ownerDepartment, standardQuestion, similarQuestions, say, body } = file
  return {
    kind,
    category,
    topic,
    ownerDepartment,
    standardQuestion,
    similarQuestions,
    say: say.trim(),
    body,
    scope: file.scope ?? {},
    tags: file.tags ?? [],
    labels: file.labels ?? [],
    basis: (file.basis ?? []).map(({ source, clause }) => ({ sourceId: sources.get(source)!, clause })),
    validFrom: file.validFrom === undefined ? null : startOfDay(file.validFrom),
    validUntil: file.validUntil === undefined ? null : endOfDay(file.validUntil),
    verifyBy: file.verifyBy === undefined ? now + VERIFY_AFTER_DAYS[kind] * DAY : endOfDay(file.verifyBy),
  }
}

const lastImport = (tx: Tx, entryId: number) =>
  tx
    .select()
    .from(revision)
    .where(and(eq(revision.entryId, entryId), isNotNull(revision.importHash)))
    .orderBy(desc(revision.number))
    .get()

/** Whether what stands is the last import: nobody published anything else or retired it. */
const isAsImported = (tx: Tx, entryId: number): boolean =>
  standingPublication(tx, entryId)?.revisionId === lastImport(tx, entryId)?.id
