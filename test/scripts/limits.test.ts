import { readFileSync } from 'node:fs'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { Finding } from '#server/contract/script-views.ts'
import { MAX_QUOTES, type ScriptDraft } from '#server/contract/script.ts'
import { quotingScripts } from '#server/scripts/index.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { beginScript, SCRIPT } from '../support/scripts.ts'
import { publishScript, saying } from '../support/scripting.ts'

let t: TestApp
let expert: Client
beforeEach(async () => {
  t = await makeApp()
  onTestFinished(t.close)
  expert = await t.signIn('expert', 'service')
})

const field = (name: string) => ({ name, value: ['全楼没电'] })
const agentSays = (text: string) => ({ speaker: 'agent' as const, text })
const quoting = (count: number) => [
  {
    step: 1,
    lines: Array.from({ length: count }, (_, at) => agentSays(`[[entry:outage-medicine@${at + 1}]]`)),
  },
]
const more = { step: 2, lines: [agentSays('[[entry:outage-medicine]]')] }
const long = [1, 2].map(step => ({
  step,
  lines: Array.from({ length: 100 }, () => agentSays('电'.repeat(299))),
}))

test.each<[string, Partial<ScriptDraft>]>([
  ['a step twice', { steps: [{ step: 1 }, { step: 1 }] }],
  ['a field twice', { steps: [{ step: 1, fields: [field('甲'), field('甲 ')] }] }],
  ['a field without a name', { steps: [{ step: 1, fields: [field(' ')] }] }],
  ['a field named as the lines', { steps: [{ step: 1, fields: [field('话术')] }] }],
  ['a field named as the branches', { steps: [{ step: 1, fields: [field('若客户说')] }] }],
  ['more quotes than are looked up', { steps: [...quoting(MAX_QUOTES), more] }],
  ['more text than is reviewed', { steps: long }],
])('%s is refused before anything is stored', async (_, draft) => {
  const refused = await expert.post('/api/scripts', { ...SCRIPT, ...draft })
  expect([refused.statusCode, refused.json().code]).toEqual([400, 'request.invalid'])
  expect(refused.json().fields[0].path).toBe('body.steps')
})

test('rows without a cell are left out, and the draft reads back', async () => {
  const { revisionId } = await beginScript(expert, {
    steps: [{ step: 1, fields: [{ name: '诉求', value: [{}, { 原话: '几点来电' }] }] }],
  })
  const { script } = (await expert.get(`/api/revisions/${revisionId}`)).json()
  expect(script.steps[0].fields).toEqual([{ name: '诉求', value: [{ 原话: '几点来电' }] }])
})

test('no check takes more text or quotes than a script may hold', async () => {
  const agent = await t.signIn('agent')
  const check = (steps: object[]) => agent.post('/api/scripts/check', { steps })
  expect((await check(quoting(MAX_QUOTES))).statusCode).toBe(200)
  const over = await check([...quoting(MAX_QUOTES), more])
  expect([over.statusCode, over.json().code]).toEqual([400, 'request.invalid'])
  expect((await check(long)).statusCode).toBe(400)
})

test('of a draft that never was in force a check knows no more than of nothing', async () => {
  const { id } = await beginScript(expert)
  const agent = await t.signIn('agent')
  const check = async (name: number) => {
    const steps = [{ step: 1, lines: [agentSays(`[[entry:${name}@1]]`)] }]
    const { findings } = (await agent.post('/api/scripts/check', { steps })).json<{ findings: Finding[] }>()
    return findings.map(one => one.rule)
  }
  expect(await check(id)).toEqual(await check(99_999))
})

test('what a script is for is no answer to quote', async () => {
  const script = publishScript(t, {}, 'script-outage')
  const steps = [
    { step: 1, lines: [agentSays(`[[entry:script-outage@1]]`), agentSays(`[[entry:${script}@1]]`)] },
  ]
  const { findings } = (await expert.post('/api/scripts/check', { steps })).json<{ findings: Finding[] }>()
  expect(findings.filter(one => one.rule === 'quote.unknown').map(one => one.line)).toEqual([0, 1])
})

test('a script saved by its steps keeps the labels and the department that it does not name', async () => {
  const market = await t.signIn('expert', 'market')
  const { revisionId } = await beginScript(market)
  const put = (version: number, payload: object) =>
    t.inject({
      method: 'PUT',
      url: `/api/revisions/${revisionId}`,
      headers: { cookie: market.cookie, 'if-match': `"${version}"` },
      payload,
    })
  const read = async () => (await market.get(`/api/revisions/${revisionId}`)).json<Record<string, unknown>>()
  const { kind, category, topic, standardQuestion, similarQuestions, say, scope } = await read()
  const markdown = (await market.get(`/api/revisions/${revisionId}/file?format=markdown`)).body
  const body = markdown.slice(markdown.indexOf('## 第 1 步'))
  const head = '---\nclass: quality\n---\n\n'
  const entry = { kind, category, topic, standardQuestion, similarQuestions, say, scope, basis: [] }
  const asEntry = { ...entry, ownerDepartment: 'safety', labels: ['待核'], body: `${head}${body}` }
  const saved = await put(1, asEntry)
  expect(saved.statusCode, saved.body).toBe(200)
  const { ownerDepartment: _, ...unnamed } = SCRIPT
  expect((await put(2, unnamed)).statusCode).toBe(200)
  expect(await read()).toMatchObject({ labels: ['待核'], ownerDepartment: 'safety' })
})

test('a file full of faults is answered with a hundred of them', async () => {
  const file = readFileSync('scripts/starters/outage-medicine-fridge.md', 'utf8')
  const markdown = file.replace('## 第 1 步', `${'一句\n'.repeat(500)}## 第 1 步`)
  const refused = await expert.post('/api/script-imports', { markdown })
  expect([refused.statusCode, refused.json().fields.length]).toEqual([422, 100])
})

test('only the scripts that quote what changed are looked at, whatever they call it', () => {
  const quoted = t.build.entry({}, 'outage-medicine')
  const byKey = publishScript(t, saying('[[entry:outage-medicine@1]]'))
  const byId = publishScript(t, saying(`[[entry:0${quoted}@1]]`))
  const other = t.build.entry({}, 'outage')
  publishScript(t, saying('[[entry:outage@1]]'))
  const scriptsOf = (...changed: number[]) =>
    quotingScripts(t.db, NOW, new Set(changed)).map(one => one.script.entryId)
  expect(scriptsOf(quoted)).toEqual([byKey, byId])
  expect(scriptsOf(byId)).toEqual([byId])
  expect(scriptsOf(other)).not.toContain(byKey)
  expect(scriptsOf(99_999)).toEqual([])
})
