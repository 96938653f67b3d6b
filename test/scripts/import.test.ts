import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDb, write } from '#server/platform/db/db.ts'
import { publishedRevisions } from '#server/entries/index.ts'
import { CONTENT, SCRIPTS, importContent } from '#server/starter.ts'
import { NOW } from '../support/app.ts'

const FILE = 'scripts/starters/outage-medicine-fridge.md'

/** The content that comes with the service, its scripts below it, with the text of one script changed. */
function folderWith(change: (text: string) => string): string {
  const folder = mkdtempSync(join(tmpdir(), 'firstline-content-'))
  cpSync(CONTENT, folder, { recursive: true })
  cpSync(SCRIPTS, join(folder, 'scripts'), { recursive: true })
  writeFileSync(join(folder, FILE), change(readFileSync(join(folder, FILE), 'utf8')))
  return folder
}

test('three scripts or more of each class come with the service, and importing them again does nothing', () => {
  const db = openDb(':memory:')
  const { faults } = write(db, tx => importContent(tx, NOW, CONTENT))
  expect(faults).toEqual([])
  const scripts = publishedRevisions(db, NOW).filter(one => one.kind === 'script')
  for (const name of ['quality', 'tariff', 'service', 'business'])
    expect(scripts.filter(one => one.body.startsWith(`---\nclass: ${name}\n`)).length).toBeGreaterThanOrEqual(
      3,
    )
  expect(scripts.every(one => /\[\[entry:[\w-]+@1\]\]/u.test(one.body))).toBe(true)
  const again = write(db, tx => importContent(tx, NOW, CONTENT))
  expect(again).toMatchObject({ created: 0, updated: 0, faults: [] })
})

test('a script that breaks a rule is named with its line and left out; the others are taken over', () => {
  const db = openDb(':memory:')
  const promise = '- 坐席：您放心，今晚八点前一定来电。'
  const folder = folderWith(text =>
    text
      .replace('## 第 6 步', `### 说明\n\n> 无\n\n## 第 6 步`)
      .replace(/(- 坐席：[^\n]*\n)/u, `$1${promise}\n`),
  )
  const line = readFileSync(join(folder, FILE), 'utf8').split('\n').indexOf(promise) + 1
  const { faults } = write(db, tx => importContent(tx, NOW, folder))
  expect(faults.length).toBeGreaterThan(0)
  expect(faults.every(fault => fault.includes(`${FILE}:${line}: promise.`))).toBe(true)
  const keys = publishedRevisions(db, NOW).map(one => one.key)
  expect(keys).not.toContain('script-outage-medicine-fridge')
  expect(keys).toContain('script-bill-three-times')
})
