import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Problem } from '#server/contract/shapes.ts'
import { iso } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import {
  begin,
  DRAFT,
  open,
  put,
  refusal,
  revise,
  revisionOf,
  save,
  submit,
  vote,
} from '../support/committee.ts'

let t: TestApp
let expert: Client
beforeEach(async () => {
  t = await makeApp()
  onTestFinished(t.close)
  expert = await t.signIn('expert')
})

const submission = (revisionId: number) => expert.post(`/api/revisions/${revisionId}/submission`)
const faults = async (text: object) => {
  const { revisionId } = await begin(expert, text)
  const reply = await submission(revisionId)
  expect(refusal(reply)).toEqual([422, 'revision.incomplete'])
  expect(t.db.$client.prepare('select count(*) from review').pluck().get()).toBe(0)
  return reply.json<Problem>().fields
}

const table = (columns: number) =>
  `${'|列'.repeat(columns)}|\n${'|-'.repeat(columns)}|\n${'|1'.repeat(columns)}|`

describe('saving', () => {
  test('goes over the version it was read at, and gives the next', async () => {
    const { revisionId } = await begin(expert)
    const reply = await expert.get(`/api/revisions/${revisionId}`)
    expect(reply.headers.etag).toBe('"1"')
    const saved = await put(t, expert, revisionId, { 'if-match': '"1"' }, { say: '第二稿。' })
    expect([saved.statusCode, saved.headers.etag, saved.json()]).toEqual([200, '"2"', { version: 2 }])
    expect(await revisionOf(expert, revisionId)).toMatchObject({ say: '第二稿。', version: 2 })
  })

  test('without a version is 428, over a version that somebody saved since 412 and nothing of theirs is lost', async () => {
    const { revisionId } = await begin(expert)
    for (const headers of [{}, { 'if-match': '*' }, { 'if-match': '' }, { 'if-match': '一' }])
      expect(refusal(await put(t, expert, revisionId, headers))).toEqual([428, 'revision.version_required'])
    await put(t, expert, revisionId, { 'if-match': '"1"' }, { say: '先存的。' })
    const late = await put(t, expert, revisionId, { 'if-match': '"1"' }, { say: '后存的。' })
    expect(refusal(late)).toEqual([412, 'revision.stale'])
    expect((await revisionOf(expert, revisionId)).say).toBe('先存的。')
  })

  test('what is under review, in force or of others is refused', async () => {
    const { reviewId, revisionId } = await submit(t)
    const version = { 'if-match': '"1"' }
    expect(refusal(await put(t, expert, revisionId, version))).toEqual([409, 'review.open'])
    const market = await t.signIn('reviewer')
    expect(refusal(await put(t, market, revisionId, version))).toEqual([404, 'revision.not_found'])
    await vote(market, reviewId)
    await vote(await t.signIn('reviewer', 'safety'), reviewId)
    expect(refusal(await put(t, expert, revisionId, version))).toEqual([409, 'revision.frozen'])
  })

  test('a document or department nobody knows is named', async () => {
    const basis = [{ sourceId: 1 }, { sourceId: 99 }]
    const unknown = await expert.post('/api/entries', { ...DRAFT, basis })
    expect(refusal(unknown)).toEqual([404, 'source.not_found'])
    expect(unknown.json()).toMatchObject({ fields: [{ path: 'body.basis.1.sourceId' }] })
    const { revisionId } = await begin(expert)
    expect(refusal(await save(t, expert, revisionId, { basis }))).toEqual([404, 'source.not_found'])
    expect(await revisionOf(expert, revisionId)).toMatchObject({ basis: [], version: 1 })
    expect(refusal(await save(t, expert, revisionId, { ownerDepartment: 'finance' }))).toEqual([
      404,
      'department.not_found',
    ])
  })

  test('agents, supervisors and admins write nothing', async () => {
    for (const persona of ['agent', 'supervisor', 'admin'] as const) {
      const client = await t.signIn(persona)
      expect(refusal(await client.post('/api/entries', DRAFT))).toEqual([403, 'right.missing'])
      expect(refusal(await client.post(`/api/entries/${t.build.entry()}/revisions`))).toEqual([
        403,
        'right.missing',
      ])
    }
  })
})

describe('submission', () => {
  test('names everything that is missing at once, each with its field', async () => {
    const empty = {
      kind: 'rule',
      topic: '',
      standardQuestion: ' ',
      say: '',
      body: '\n',
      similarQuestions: ['停电', ''],
    }
    const found = await faults({ ...empty, validFrom: iso(NOW), validUntil: iso(NOW - 1) })
    expect(found?.map(fault => fault.path).toSorted()).toEqual(
      [
        'basis',
        'body',
        'say',
        'similarQuestions',
        'standardQuestion',
        'topic',
        'validUntil',
        'validUntil',
      ].toSorted(),
    )
  })

  test('a draft saved unfinished loses nothing and can be submitted once it is mended', async () => {
    const { revisionId } = await begin(expert, { say: '', body: '' })
    expect((await submission(revisionId)).statusCode).toBe(422)
    await save(t, expert, revisionId)
    expect((await submission(revisionId)).statusCode).toBe(201)
    expect(refusal(await submission(revisionId))).toEqual([409, 'review.open'])
  })

  test('of what others wrote is refused as if it were not there', async () => {
    const { revisionId } = await begin(await t.signIn('expert', 'safety'))
    expect(refusal(await submission(revisionId))).toEqual([404, 'revision.not_found'])
    expect(refusal(await submission(99))).toEqual([404, 'revision.not_found'])
  })

  test.each([
    ['a null character', { say: '先登记\u0000再核实' }, 'say'],
    ['an escape character', { body: '提前\u001b[31m七天' }, 'body'],
    ['a mark that turns the direction of text', { standardQuestion: '停电\u202e吗？' }, 'standardQuestion'],
    ['a bell in a wording', { similarQuestions: ['没通知就停电', '停电\u0007'] }, 'similarQuestions.1'],
    ['one in a tag', { tags: ['停电\u0001'] }, 'tags.0'],
    ['one in a city', { scope: { city: '上海\u0085' } }, 'scope.city'],
    ['one in a clause', { basis: [{ sourceId: 1, clause: '第\u0002条' }] }, 'basis.0.clause'],
  ])('refuses %s', async (_, text, path) => {
    expect(await faults(text)).toEqual([{ path, message: 'must not hold control characters' }])
  })

  test('line ends and tabs are no control characters', async () => {
    const { revisionId } = await begin(expert, { body: '一\r\n\n- 二\n\t- 三' })
    expect((await submission(revisionId)).statusCode).toBe(201)
  })

  test('refuses a table 500 columns wide and names the limit; 20 columns pass', async () => {
    const message = 'a table may have 20 columns at most, not 500'
    expect(await faults({ body: `正文\n\n${table(500)}` })).toEqual([{ path: 'body', message }])
    await open(expert, (await begin(expert, { body: table(20) })).revisionId)
  })
})

test('a new revision begins with the text in force; where nothing is, with the last that was', async () => {
  const { reviewId, id } = await submit(t)
  const nothing = await begin(expert)
  expect(
    refusal(await (await t.signIn('expert', 'safety')).post(`/api/entries/${nothing.id}/revisions`)),
  ).toEqual([404, 'entry.not_found'])
  for (const department of ['market', 'service']) await vote(await t.signIn('reviewer', department), reviewId)
  const other = await t.signIn('expert', 'safety')
  const next = await revise(t, other, id)
  expect(await revisionOf(other, next)).toMatchObject({
    say: DRAFT.say,
    number: 2,
    authors: [{ id: other.id }],
  })
})
