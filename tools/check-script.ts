import { existsSync, readFileSync } from 'node:fs'
import { databasePath, readConfig } from '#server/config.ts'
import { openDb, write, type Db } from '#server/platform/db/db.ts'
import { systemClock } from '#server/platform/kernel/clock.ts'
import {
  checkContext,
  checkReply,
  lineOfFinding,
  readLexicons,
  readScriptFile,
} from '#server/scripts/index.ts'
import { CONTENT, importContent } from '#server/starter.ts'

/** What a script's file is found to be: a line for each fault and finding, and whether one of them is an error. */
export interface FileReport {
  lines: string[]
  isBad: boolean
}

/** Checks the text of a script's file as POST /api/scripts/check does, each finding as `path:line: severity rule message`. */
export function checkFile(db: Db, now: number, path: string, markdown: string): FileReport {
  const file = readScriptFile(markdown)
  if (Array.isArray(file))
    return { lines: file.map(({ line, reason }) => `${path}:${line}: error file ${reason}`), isBad: true }
  const { script, scope } = file
  const { findings } = checkReply(script, checkContext(db, now, readLexicons(), { scope, whole: true }))
  const lineOf = lineOfFinding(markdown)
  const lines = findings.map(one => {
    const standing = one.reasoned ? `${one.severity} (with a reason)` : one.severity
    return `${path}:${lineOf(one)}: ${standing} ${one.rule} ${one.message}`
  })
  return { lines, isBad: findings.some(one => one.severity === 'error') }
}

/**
 * The database that quotes and guides are looked up in: the service's own, also while it runs; where there is none, the content that
 * comes with it, kept in memory.
 */
function database(): Db {
  const path = databasePath(readConfig(process.env))
  if (existsSync(path)) return openDb(path)
  const db = openDb(':memory:')
  write(db, tx => importContent(tx, systemClock(), CONTENT))
  return db
}

/** `npm run check-script -- FILE…`: prints what the checks find; exits 1 when there is an error. */
function main(paths: readonly string[]): number {
  if (paths.length === 0) {
    console.error('usage: npm run check-script -- FILE…')
    return 1
  }
  const db = database()
  for (const fault of readLexicons().faults) console.error(fault)
  const reports = paths.map(path =>
    existsSync(path)
      ? checkFile(db, systemClock(), path, readFileSync(path, 'utf8'))
      : { lines: [`${path}:0: the file is missing`], isBad: true },
  )
  db.$client.close()
  for (const line of reports.flatMap(one => one.lines)) console.log(line)
  const count = reports.reduce((sum, one) => sum + one.lines.length, 0)
  console.log(`${paths.length} files, ${count} findings`)
  return reports.some(one => one.isBad) ? 1 : 0
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2))
