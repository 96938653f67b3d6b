import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { ExpertList } from '#server/contract/person.ts'
import type { AuthorList, MyRevisions } from '#server/contract/writing.ts'
import { DAY, iso } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { begin, open, refusal, revisionOf, save, vote } from '../support/committee.ts'

let t: TestApp
let expert: Client
let safety: Client
let market: Client
let revisionId: number
beforeEach(async () => {
  t = await makeApp()
  onTestFinished(t.close)
  expert = await t.signIn('expert')
  safety = await t.signIn('expert', 'safety')
  market = await t.signIn('reviewer', 'market')
  ;({ revisionId } = await begin(expert))
})

const address = (id: number, revision = revisionId) => `/api/revisions/${revision}/co-authors/${id}`
const add = (who: Client, id: number, revision?: number) => who.put(address(id, revision))
const remove = (who: Client, id: number) => who.delete(address(id))
const find = async (query: string) =>
  (await expert.get(`/api/experts?${query}`)).json<ExpertList>().experts.map(one => one.name)
const names = (reply: Awaited<ReturnType<typeof add>>) =>
  reply.json<AuthorList>().authors.map(one => [one.id, one.hasWritten])

describe('a co-author', () => {
  test('of any department is named by an author, once, and named again changes nothing', async () => {
    const reply = await add(expert, safety.id)
    expect([reply.statusCode, names(reply)]).toEqual([
      200,
      [
        [expert.id, true],
        [safety.id, false],
      ],
    ])
    expect(names(await add(expert, safety.id))).toHaveLength(2)
    expect(names(await add(expert, expert.id))[0]).toEqual([expert.id, true])
  })

  test('finds the draft among theirs, writes on it, and may name others', async () => {
    expect(refusal(await save(t, safety, revisionId))).toEqual([404, 'revision.not_found'])
    await add(expert, safety.id)
    const mine = (await safety.get('/api/revisions')).json<MyRevisions>().revisions
    expect(mine.map(one => one.id)).toEqual([revisionId])
    expect((await revisionOf(safety, revisionId)).mayEdit).toBe(true)
    expect((await save(t, safety, revisionId, { say: '我来补一句。' })).statusCode).toBe(200)
    expect((await revisionOf(expert, revisionId)).authors).toMatchObject([
      { id: expert.id },
      { id: safety.id, department: 'safety', hasWritten: true },
    ])
    expect((await add(safety, (await t.signIn('expert', 'service')).id)).statusCode).toBe(200)
  })

  test('never votes on it, from no seat, also without having written a word', async () => {
    await add(expert, safety.id)
    const reviewId = await open(expert, revisionId)
    const lent = { toPersonId: safety.id, from: iso(NOW), until: iso(NOW + DAY) }
    expect((await market.post('/api/delegations', lent)).statusCode).toBe(201)
    expect(refusal(await vote(safety, reviewId))).toEqual([403, 'review.author_may_not_vote'])
    expect((await safety.get('/api/reviews?mine=true')).json()).toMatchObject({ total: 0 })
  })

  test('who has written nothing is taken away again, and is then as any other', async () => {
    await add(expert, safety.id)
    expect(names(await remove(expert, safety.id))).toEqual([[expert.id, true]])
    expect(refusal(await save(t, safety, revisionId))).toEqual([404, 'revision.not_found'])
    expect(refusal(await remove(expert, safety.id))).toEqual([404, 'person.not_found'])
  })

  test('who has written stays an author; so does who began, and under whose name it was submitted', async () => {
    await add(expert, safety.id)
    const service = await t.signIn('expert', 'service')
    await add(expert, service.id)
    await save(t, safety, revisionId)
    expect(refusal(await remove(expert, safety.id))).toEqual([409, 'revision.author_stays'])
    expect(refusal(await remove(safety, expert.id))).toEqual([409, 'revision.author_stays'])
    const reviewId = await open(expert, revisionId)
    await vote(market, reviewId, 'return', '再改')
    expect(refusal(await remove(expert, service.id))).toEqual([409, 'revision.author_stays'])
  })
})

describe('it is refused', () => {
  test('to who is no author, as if the draft were not there', async () => {
    for (const other of [safety, market, await t.signIn('chair')])
      expect(refusal(await add(other, safety.id))).toEqual([404, 'revision.not_found'])
    for (const other of [await t.signIn('agent'), await t.signIn('supervisor')])
      expect(refusal(await add(other, safety.id))).toEqual([403, 'right.missing'])
    expect(refusal(await add(expert, safety.id, 99))).toEqual([404, 'revision.not_found'])
    expect(refusal(await remove(safety, expert.id))).toEqual([404, 'revision.not_found'])
  })

  test('for who is no expert, has left or never was', async () => {
    t.db.$client.exec(`update person set left_at = 1 where id = ${safety.id}`)
    for (const id of [market.id, (await t.signIn('agent')).id, safety.id, 9999])
      expect(refusal(await add(expert, id))).toEqual([404, 'person.not_found'])
  })

  test('while the text is under review, and once it was in force', async () => {
    const reviewId = await open(expert, revisionId)
    expect(refusal(await add(expert, safety.id))).toEqual([409, 'review.open'])
    for (const department of ['market', 'service'])
      await vote(await t.signIn('reviewer', department), reviewId)
    expect(refusal(await add(expert, safety.id))).toEqual([409, 'revision.frozen'])
  })

  test('beyond twenty people, naming the limit', async () => {
    const insert = t.db.$client.prepare(
      "insert into person (work_no, name, department, created_at) values (?, ?, 'market', 0)",
    )
    const role = t.db.$client.prepare("insert into person_role (person_id, role) values (?, 'expert')")
    const ids = Array.from({ length: 20 }, (_, at) =>
      Number(insert.run(`8${at}`, `专家${at}`).lastInsertRowid),
    )
    for (const id of ids) role.run(id)
    for (const id of ids.slice(0, 19)) await add(expert, id)
    const reply = await add(expert, ids[19]!)
    expect(refusal(reply)).toEqual([400, 'request.invalid'])
    expect(reply.json()).toMatchObject({ fields: [{ message: 'a revision has 20 authors at most' }] })
  })
})

test('experts are found by a part of their name or by their work number, by those who write', async () => {
  expect(await find('')).toHaveLength(5)
  expect(await find(`q=${encodeURIComponent('曦')}`)).toEqual(['陈曦'])
  expect(await find('q=%25')).toEqual([])
  expect(await find('limit=2')).toHaveLength(2)
  expect(refusal(await (await t.signIn('agent')).get('/api/experts'))).toEqual([403, 'right.missing'])
  expect((await (await t.signIn('supervisor')).get('/api/experts')).statusCode).toBe(200)
})
