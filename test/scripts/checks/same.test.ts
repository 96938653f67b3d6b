import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CheckReply } from '#server/contract/script-views.ts'
import { write } from '#server/platform/db/db.ts'
import { lineOfFinding, readScriptFile } from '#server/scripts/index.ts'
import { CONTENT, SCRIPTS, importContent } from '#server/starter.ts'
import { checkFile } from '../../../tools/check-script.ts'
import { makeApp, NOW, type TestApp } from '../../support/app.ts'

let t: TestApp
beforeAll(async () => {
  t = await makeApp()
  write(t.db, tx => importContent(tx, NOW, CONTENT))
})
afterAll(() => t.close())

const starter = readFileSync(`${SCRIPTS}/starters/outage-medicine-fridge.md`, 'utf8')
/** The starter with what must not be said in a line, in a branch, and in the way of the call. */
const spoilt = starter
  .replace('- 坐席：您说的我分三件', '- 坐席：保证今晚八点来电。您说的我分三件')
  .replace('  - 坐席：好，我现在就给您登记投诉。', '  - 坐席：您别打12398。好，我现在就给您登记投诉。')
  .replace('[[entry:appliance-damage-claim@1]]', '[[entry:nowhere@1]]')

describe('npm run check-script', () => {
  it('finds what POST /api/scripts/check finds, each in its line', async () => {
    const file = readScriptFile(spoilt)
    if (Array.isArray(file)) throw new Error(JSON.stringify(file))
    const { steps, reasons } = file.script
    const agent = await t.signIn('agent')
    const body = { steps, reasons, scope: file.scope, whole: true, scenario: file.script.scenario }
    const reply = await agent.post('/api/scripts/check', body)
    const { findings } = reply.json<CheckReply>()
    const lineOf = lineOfFinding(spoilt)
    const { lines, isBad } = checkFile(t.db, NOW, 'x.md', spoilt)
    expect(lines).toEqual(
      findings.map(one => `x.md:${lineOf(one)}: ${one.severity} ${one.rule} ${one.message}`),
    )
    expect(findings.map(one => one.rule)).toEqual(
      expect.arrayContaining(['promise.absolute', 'promise.time', 'words.blocking', 'quote.unknown']),
    )
    expect(isBad).toBe(true)
    const written = spoilt.split('\n')
    for (const one of findings.filter(each => each.quote && each.line !== undefined))
      expect(written[lineOf(one) - 1]).toContain(one.quote)
  })

  it('finds nothing wrong with a starter, and names the line of a file that is none', () => {
    expect(checkFile(t.db, NOW, 'x.md', starter)).toEqual({ lines: [], isBad: false })
    const { lines, isBad } = checkFile(t.db, NOW, 'x.md', starter.replace('## 第 2 步', '## 第 1 步'))
    expect(lines.join('\n')).toMatch(/^x\.md:\d+: error file step 1 stands in line/mu)
    expect(isBad).toBe(true)
  })
})

it('the route takes no more lines than a script may hold', async () => {
  const agent = await t.signIn('agent')
  const lines = Array.from({ length: 500 }, () => ({ speaker: 'agent', text: '好' }))
  const reply = await agent.post('/api/scripts/check', { steps: [{ step: 1, lines }] })
  expect(reply.statusCode).toBe(400)
  expect(reply.body).toContain('steps.0.lines')
})
