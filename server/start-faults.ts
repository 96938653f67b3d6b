import { ConfigFault } from './config.ts'
import { KeyFault } from './platform/kernel/keys.ts'
import { ContentFault } from './prepare.ts'

/** Faults whose message is written for the person who starts the service. */
const FAULTS = [ConfigFault, ContentFault, KeyFault]

/** What SQLite's and Node's error codes mean to the person who starts the service. */
const MEANINGS: [RegExp, string][] = [
  [/^EADDRINUSE$/u, 'the port is taken; set PORT to another one'],
  [/^EEXIST$|^ENOTDIR$/u, 'DATA_DIR must be a folder and is a file'],
  [/^EADDRNOTAVAIL$|^ENOTFOUND$/u, 'HOST is not an address of this machine'],
  [
    /^EACCES$|^EPERM$|^EROFS$|^SQLITE_READONLY|^SQLITE_CANTOPEN/u,
    'DATA_DIR or its database cannot be written',
  ],
  [/^SQLITE_BUSY|^SQLITE_LOCKED/u, 'the database is locked: another Firstline runs on this DATA_DIR'],
  [/^SQLITE_NOTADB|^SQLITE_CORRUPT/u, 'the database file is damaged or is no database'],
  [/^SQLITE_FULL|^ENOSPC/u, 'the disk is full'],
]

/** One clear line for what the person who starts the service can mend; the whole error for what they cannot. */
export function explainStart(error: unknown): string {
  if (FAULTS.some(Fault => error instanceof Fault)) return `firstline: ${(error as Error).message}`
  const { code = '', message = '' } = error as { code?: string; message?: string }
  const meaning = MEANINGS.find(([pattern]) => pattern.test(code))?.[1]
  return meaning
    ? `firstline: ${meaning} (${message})`
    : `firstline: could not start: ${(error as Error).stack ?? message}`
}
