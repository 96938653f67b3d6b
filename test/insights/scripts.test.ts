import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { Finding } from '#server/contract/script-views.ts'
import type { ScriptFigures } from '#server/contract/script-use.ts'
import { write } from '#server/platform/db/db.ts'
import { DAY, HOUR } from '#server/platform/kernel/clock.ts'
import { noteFindings } from '#server/scripts/index.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { refusal } from '../support/committee.ts'
import { publishScript, saying, SCRIPT, scriptText } from '../support/scripting.ts'
import { beginScript, SCRIPT as whole } from '../support/scripts.ts'
import { fcrOf, madeOf } from './asking.ts'
import { addCall, newestOf } from './rows.ts'

const PROMISE = [{ speaker: 'agent' as const, text: '您放心，我保证今晚八点一定来电。' }]

let t: TestApp
let supervisor: Client
let script: number
beforeEach(async () => {
  t = await makeApp()
  onTestFinished(t.close)
  supervisor = await t.signIn('supervisor')
  script = publishScript(t)
})

const figures = async (client = supervisor, query = '') =>
  (await client.get(`/api/figures/scripts?${query}`)).json<ScriptFigures>()
const own = async () => (await figures()).scripts.find(one => one.scriptId === script)
/** A call some days ago in which the script was followed along `steps`. */
const use = (days: number, steps: number[], more: Partial<Parameters<typeof addCall>[1]> = {}) =>
  addCall(t, { at: NOW - days * DAY, followed: steps.map(step => [script, step]), ...more })

test('a use is a call; a step counts once in it, and who got how far shows where it was left', async () => {
  use(5, [1, 5, 1, 5, 9], { outcomes: [['escalated'], ['resolved']] })
  use(5, [1, 5], { outcomes: [['follow_up']] })
  use(5, [1])
  addCall(t, { at: NOW - 5 * DAY, outcomes: [['resolved']] })
  expect(await figures()).toMatchObject({ from: '2026-10-26', until: '2026-11-22', violations: [] })
  expect(await own()).toEqual({
    scriptId: script,
    title: SCRIPT.title,
    uses: 3,
    outcomes: [
      { verdict: 'resolved', calls: 1 },
      { verdict: 'follow_up', calls: 1 },
      { verdict: null, calls: 1 },
    ],
    fcr: { numerator: 0, denominator: 0, value: null },
    reached: [3, 0, 0, 0, 2, 0, 0, 0, 1],
    practices: 0,
    averageScore: null,
  })
})

test('a call that followed two scripts is a use of each; a use belongs to the day its call began', async () => {
  const other = publishScript(t, { ...saying('好的。'), title: '另一份话术' })
  use(5, [1], {
    followed: [
      [script, 1],
      [other, 1],
    ],
  })
  use(40, [1])
  const { scripts } = await figures()
  expect(scripts.map(one => [one.scriptId, one.uses])).toEqual([
    [script, 1],
    [other, 1],
  ])
  expect((await figures(supervisor, 'from=2026-10-01&until=2026-10-31')).scripts).toMatchObject([{ uses: 1 }])
  expect(refusal(await supervisor.get('/api/figures/scripts?from=2026-01-01'))).toEqual([
    400,
    'request.invalid',
  ])
})

test('its first contact resolution goes by who called again on the same topic within 48 hours', async () => {
  const about = { topic: '停电投诉' }
  use(9, [1], { callerHash: 'a', ...about })
  use(9, [1], { callerHash: 'b', ...about })
  addCall(t, { at: NOW - 9 * DAY + 47 * HOUR, callerHash: 'b', ...about })
  use(1, [1], { callerHash: 'c', ...about })
  use(9, [1])
  expect(await own()).toMatchObject({ uses: 4, fcr: { numerator: 1, denominator: 2, value: 0.5 } })
})

test('a contact is attributed to the script its last outcome names, else to the one followed last', async () => {
  const other = publishScript(t, { ...saying('好的。'), title: '另一份话术' })
  use(5, [1], { outcomes: [['follow_up']] })
  const two: [number, number][] = [
    [script, 1],
    [other, 1],
  ]
  use(5, [], { followed: two, outcomes: [['resolved']] })
  use(5, [], { followed: two, outcomes: [['resolved', undefined, script]] })
  addCall(t, { at: NOW - 5 * DAY, outcomes: [['escalated']] })
  const { groups } = await fcrOf(supervisor, '?by=script')
  expect(groups.map(one => [one.key, one.label, madeOf(one, 'fcr_verdict')])).toEqual([
    [String(script), SCRIPT.title, [1, 2]],
    [null, null, [0, 1]],
    [String(other), '另一份话术', [1, 1]],
  ])
  expect(madeOf(await fcrOf(supervisor, `?scriptId=${script}`), 'fcr_verdict')).toEqual([1, 2])
  expect(madeOf(await fcrOf(supervisor, '?without=script'), 'fcr_verdict')).toEqual([0, 1])
  expect(madeOf(await fcrOf(supervisor, `?scriptId=${script}`), 'first_answer')).toEqual([1, 2])
  const { groups: topics } = await fcrOf(supervisor, '?by=topic')
  expect(topics.map(one => [one.key, madeOf(one, 'fcr_verdict')])).toContainEqual([SCRIPT.topic, [1, 1]])
})

test('practices are counted with the mean of their scores', async () => {
  const agent = await t.signIn('agent')
  const run = { scriptId: script, seconds: 60, path: [{ step: 1 }] }
  for (const met of [['prompt'], ['prompt', 'own_up', 'amends', 'goodwill']])
    await agent.post('/api/practices', { ...run, met })
  expect(await own()).toMatchObject({ uses: 0, practices: 2, averageScore: 2.5 })
  t.build.retire(script)
  expect(await own()).toMatchObject({ title: SCRIPT.title, practices: 2 })
})

test('a rule counts once a submission, whatever it was broken by, and not where a reason stands', async () => {
  const note = (findings: Partial<Finding>[], revisionId = newestOf(t, script)) =>
    write(t.db, tx =>
      noteFindings(
        tx,
        t.clock.now,
        revisionId,
        findings.map(one => ({ step: 1, severity: 'error', rule: 'words.evasive', message: '', ...one })),
      ),
    )
  note([{}, { step: 2 }, { rule: 'words.jargon', severity: 'warning' }])
  note([{}, { rule: 'words.jargon', severity: 'warning', reasoned: true }])
  note([{ rule: 'promise.absolute' }], newestOf(t, publishScript(t, { ownerDepartment: 'market' })))
  expect((await figures()).violations).toEqual([
    { rule: 'words.evasive', severity: 'error', submissions: 2 },
    { rule: 'promise.absolute', severity: 'error', submissions: 1 },
    { rule: 'words.jargon', severity: 'warning', submissions: 1 },
  ])
  const expert = await t.signIn('expert', 'market')
  expect((await figures(expert)).violations.map(one => one.rule)).toEqual(['promise.absolute'])
})

test('experts see the scripts of their department, agents and others nothing', async () => {
  const market = publishScript(t, { ownerDepartment: 'market' })
  use(5, [1], {
    followed: [
      [script, 1],
      [market, 1],
    ],
  })
  for (const [department, ids] of [
    ['market', [market]],
    ['service', [script]],
    ['safety', []],
  ] as const)
    expect((await figures(await t.signIn('expert', department))).scripts.map(one => one.scriptId)).toEqual(
      ids,
    )
  expect((await figures(await t.signIn('chair'))).scripts).toHaveLength(2)
  for (const role of ['agent', 'admin', 'reviewer'] as const)
    expect(refusal(await (await t.signIn(role)).get('/api/figures/scripts'))).toEqual([403, 'right.missing'])
})

test('a script stands under the title and the owner it has now', async () => {
  use(5, [1])
  const text = scriptText({ title: '改了名的话术', ownerDepartment: 'market' })
  t.build.publish(t.build.revision(script, text))
  expect((await figures(await t.signIn('expert', 'market'))).scripts).toMatchObject([
    { title: '改了名的话术', uses: 1 },
  ])
})

test('a submission that is refused for its words counts, one that nobody may make does not', async () => {
  const expert = await t.signIn('expert', 'market')
  const steps = whole.steps.map(one => (one.step === 5 ? { ...one, lines: PROMISE } : one))
  const { revisionId } = await beginScript(expert, { steps })
  const submit = (client: Client) => client.post(`/api/revisions/${revisionId}/submission`)
  expect(refusal(await submit(expert))).toEqual([422, 'revision.incomplete'])
  const { violations } = await figures()
  expect(violations.find(one => one.rule === 'promise.absolute')).toMatchObject({
    severity: 'error',
    submissions: 1,
  })
  for (const [client, code] of [
    [await t.signIn('expert', 'safety'), 'revision.not_found'],
    [await t.signIn('agent'), 'right.missing'],
  ] as const)
    expect(refusal(await submit(client))[1]).toBe(code)
  expect((await figures()).violations).toEqual(violations)
  await submit(expert)
  expect((await figures()).violations).toContainEqual({
    rule: 'promise.absolute',
    severity: 'error',
    submissions: 2,
  })
})
