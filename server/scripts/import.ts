import { createHash } from 'node:crypto'
import type { EntryFile } from '#server/entries/index.ts'
import type { Fault } from '#server/platform/yaml/parse.ts'
import { readGuide } from './guide.ts'
import { readScriptFile } from './script-file.ts'
import { writeBody } from './write-body.ts'

/** Where the guides of the steps are filed. */
const GUIDES = { category: '供电服务', topic: '脚本九步', ownerDepartment: 'service' } as const

/** A script file as the entry file that is imported. */
export function entryOfScriptFile(text: string): EntryFile | Fault[] {
  const file = readScriptFile(text)
  if (Array.isArray(file)) return file
  const { title, script, ...fields } = file
  return { ...fields, kind: 'script', standardQuestion: title, say: script.scenario, body: writeBody(script) }
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
