import { afterAll, beforeAll, expect, test } from 'vitest'
import { write } from '#server/platform/db/db.ts'
import { CONTENT, importContent } from '#server/starter.ts'
import type { ScriptView } from '#server/contract/script-views.ts'
import type { ScriptDraft } from '#server/contract/script.ts'
import { makeApp, type Client, type TestApp } from '../support/app.ts'

let t: TestApp
let expert: Client
let starter: ScriptView
beforeAll(async () => {
  t = await makeApp()
  write(t.db, tx => importContent(tx, t.clock.now, CONTENT))
  expert = await t.signIn('expert', 'service')
  const found = (await expert.get('/api/search?q=整栋楼停电冰箱里有药&kind=script')).json<{
    hits: { id: number }[]
  }>()
  starter = (await expert.get(`/api/scripts/${found.hits[0]!.id}`)).json()
}, 60_000)
afterAll(() => t.close())

/** The starter script as a draft of one's own, changed by `change`. */
async function submitted(change: (draft: ScriptDraft & Pick<ScriptView, 'steps'>) => void) {
  const { title, category, topic, similarQuestions, scope, scenario, channel, profile, reasons, steps } =
    starter
  const filed = { title, category, topic, similarQuestions, scope, ownerDepartment: 'service' }
  const draft = structuredClone({
    ...filed,
    class: starter.class,
    scenario,
    channel,
    profile,
    reasons,
    steps,
  })
  change(draft)
  const { revisionId } = (await expert.post('/api/scripts', draft)).json<{ revisionId: number }>()
  return expert.post(`/api/revisions/${revisionId}/submission`)
}

const pathsOf = (reply: { json: <T>() => T }) =>
  reply
    .json<{ fields: { path: string; message: string }[] }>()
    .fields.map(one => `${one.path} ${one.message}`)

test('a script that keeps every rule is submitted', async () => {
  const reply = await submitted(() => undefined)
  expect(reply.statusCode, reply.body).toBe(201)
})

test('an error keeps a script from being submitted, with the place of the words', async () => {
  const reply = await submitted(({ steps }) =>
    steps[4]!.lines.push({ speaker: 'agent', text: '您放心，今晚八点前一定来电。' }),
  )
  expect([reply.statusCode, reply.json().code]).toEqual([422, 'revision.incomplete'])
  const at = starter.steps[4]!.lines.length
  expect(pathsOf(reply)).toContainEqual(
    expect.stringMatching(new RegExp(`^steps\\.5\\.lines\\.${at} error promise\\.`, 'u')),
  )
})

test('a warning needs a word of reason, and stands with one', async () => {
  const jargon = { speaker: 'agent' as const, text: '您家这边的台区正在查，查完我给您回话。' }
  const refused = await submitted(({ steps }) => steps[5]!.lines.push(jargon))
  expect(pathsOf(refused)).toEqual([expect.stringMatching(/^steps\.6\.lines\.\d+ warning words\.jargon/u)])
  const reply = await submitted(draft => {
    draft.steps[5]!.lines.push(jargon)
    draft.reasons = [
      ...(draft.reasons ?? []),
      { step: 6, rule: 'words.jargon', reason: '客户自己是电工，先用了这个词。' },
    ]
  })
  expect(reply.statusCode, reply.body).toBe(201)
})

test('a missing step, a branch to nowhere and a quote of nothing are each named', async () => {
  const reply = await submitted(({ steps }) => {
    steps[4]!.branches.push({ ifSays: '那到底几点', lines: [], to: 12 })
    steps[2]!.lines.push({ speaker: 'agent', text: '[[entry:no-such-entry@1]]' })
    steps.splice(6, 1)
  })
  const paths = pathsOf(reply)
  expect(paths).toContainEqual(expect.stringMatching(/^steps\.5\.branches\.\d+ error branch\.nowhere/u))
  expect(paths).toContainEqual(expect.stringMatching(/^steps\.3\.lines\.\d+ error quote\.unknown/u))
  expect(paths).toContainEqual(expect.stringMatching(/^steps\.7 error step\.missing/u))
})

test('a body that is no script is refused with the line', async () => {
  const { revisionId } = (
    await expert.post('/api/entries', {
      kind: 'script',
      category: '供电可靠',
      topic: '停电',
      ownerDepartment: 'service',
      standardQuestion: '整栋楼停电，客户很着急',
      similarQuestions: [],
      say: '故障停电',
      body: '---\nclass: quality\n---\n\n## 第 12 步\n',
      basis: [],
      scope: {},
    })
  ).json<{ revisionId: number }>()
  const reply = await expert.post(`/api/revisions/${revisionId}/submission`)
  expect(pathsOf(reply)).toContainEqual('body.5 there is no step 12: a script has the steps 1 to 9')
})
