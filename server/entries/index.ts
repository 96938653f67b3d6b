export { endOfDay, startOfDay } from './days.ts'
export {
  draftEntry,
  dueForVerification,
  endFastPublication,
  publishRevision,
  retireEntry,
  reviseEntry,
} from './commands.ts'
export { contentOf } from './content.ts'
export { searchableEntries, type SearchableEntry } from './documents.ts'
export { entryLedger } from './ledger.ts'
export { FILE_HEAD, parseEntryFile, type EntryFile } from './file.ts'
export { importEntry, type Imported, type Register } from './import.ts'
export { beginEntry, beginRevision, requireWriter, saveDraft } from './drafts.ts'
export {
  entriesTurnedBetween,
  fastPublication,
  lastPublication,
  publicationStanding,
  publishedRevisions,
  revisionsInForce,
  type PublishedRevision,
} from './published.ts'
export { policies, policyFor, setPolicy } from './policy.ts'
export {
  approvalsOfRevision,
  citationsOf,
  entryLinks,
  linkOf,
  publishedEntry,
  resolveEntry,
  standingBeside,
} from './queries.ts'
export { authorsOf, dropAuthor, nameAuthor } from './authors.ts'
export { revisionRow, revisionsBy, revisionsOf, revisionText, type RevisionRow } from './revisions.ts'
export { registerEntries } from './routes.ts'
export { CHECK_QUOTES, INDEX_ENTRY, MAX_SAY, needsBasis, type NewRevision } from './rules.ts'
export { latestVerifications } from './standing.ts'
export { entry, revision, revisionBasis } from './tables.ts'
export { entryTask, entryTaskEnd, verification } from './upkeep-tables.ts'
export { publicationsOf, retirementsOf } from './published.ts'
