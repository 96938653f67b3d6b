import { createHash } from 'node:crypto'
import { MAX_BODY } from '#server/contract/writing.ts'
import type { EntryFile } from '#server/entries/index.ts'
import type { Reader } from '#server/platform/db/db.ts'
import type { Fault } from '#server/platform/yaml/parse.ts'
import { checkContext } from './checking.ts'
import { checkScript } from './checks.ts'
import { readGuide } from './guide.ts'
import type { Lexicons } from './lexicon.ts'
import { lineOfFinding } from './places.ts'
import { readScriptFile } from './script-file.ts'
import { writeBody } from './write-body.ts'

/** Where the guides of the steps are filed. */
const GUIDES = { category: '供电服务', topic: '脚本九步', ownerDepartment: 'service' } as const

/** A script file as an entry file; whether it keeps the rules is not asked. */
export function entryOfScriptFile(text: string): EntryFile | Fault[] {
  const file = readScriptFile(text)
  if (Array.isArray(file)) return file
  const { title, script, ...fields } = file
  const body = writeBody(script)
  if (body.length > MAX_BODY) return [{ line: 1, reason: `the script is longer than ${MAX_BODY} characters` }]
  return { ...fields, kind: 'script', standardQuestion: title, say: script.scenario, body }
}

/**
 * A script file as the entry file that is put in force by an import: what the checks find wrong is a fault of its line. A quoted entry
 * that was revised or retired since is none, or no file could be imported again.
 */
export function checkedScriptFile(
  db: Reader,
  now: number,
  lexicons: Lexicons,
  text: string,
): EntryFile | Fault[] {
  const file = readScriptFile(text)
  if (Array.isArray(file)) return file
  const lineOf = lineOfFinding(text)
  const errors = checkScript(file.script, checkContext(db, now, lexicons, { scope: file.scope, whole: true }))
    .filter(one => one.severity === 'error' && one.rule !== 'quote.changed' && one.rule !== 'quote.gone')
    .map(one => ({ line: lineOf(one), reason: `${one.rule} ${one.message}` }))
  return errors.length > 0 ? errors : entryOfScriptFile(text)
}

/** The guide of a step as the entry file that is imported; its text is the file whole. */
export function entryOfGuideFile(text: string): EntryFile | Fault[] {
  const guide = readGuide(text)
  if (Array.isArray(guide)) return guide
  return {
    ...GUIDES,
    kind: 'step',
    standardQuestion: guide.step === 0 ? guide.name : `第 ${guide.step} 步 ${guide.name}`,
    similarQuestions: [],
    say: guide.purpose.slice(0, 200),
    body: text,
    hash: createHash('sha256').update(text).digest('hex'),
    lineOf: () => 1,
  }
}
