import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { outbox } from '#server/platform/kernel/tables.ts'
import { announce } from '#server/platform/kernel/records.ts'
import { write } from '#server/platform/db/db.ts'
import { DAY, iso } from '#server/platform/kernel/clock.ts'
import { notification } from '#server/notifications/tables.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { POLICY } from '../support/committee.ts'
import { approve, DRAFT, NOTICE, submit, toldTo } from './journey.ts'

let t: TestApp
beforeEach(async () => {
  t = await makeApp()
})
afterEach(() => t.close())

const reviewer = (department: string): Promise<Client> => t.signIn('reviewer', department)
const events = async (client: Client) => (await toldTo(client)).map(one => `${one.event} ${one.subject}`)

describe('a review', () => {
  it('that is opened is told to the members of the departments it waits for, and to nobody else', async () => {
    const { reviewId } = await submit(t)
    const [market, safety] = [await reviewer('market'), await reviewer('safety')]
    expect(await toldTo(market)).toMatchObject([
      { event: 'review.opened', subject: `review:${reviewId}`, title: DRAFT.standardQuestion, read: false },
    ])
    for (const other of [safety, await t.signIn('expert'), await t.signIn('agent'), await t.signIn('admin')])
      expect(await toldTo(other)).toEqual([])
  })

  it('to which a department is called in is told there, and not a second time where it was told', async () => {
    const { reviewId } = await submit(t)
    const market = await reviewer('market')
    await market.post(`/api/reviews/${reviewId}/departments`, { department: 'safety' })
    expect(await events(market)).toEqual([`review.opened review:${reviewId}`])
    expect(await events(await reviewer('safety'))).toEqual([`review.opened review:${reviewId}`])
  })

  it('that is returned is told to its author, and what was published to its author and to agents', async () => {
    const { reviewId, revisionId, id } = await submit(t)
    const expert = await t.signIn('expert')
    await (
      await reviewer('market')
    ).post(`/api/reviews/${reviewId}/votes`, { verdict: 'return', reason: '请补充时限' })
    expect(await events(expert)).toEqual([`review.returned review:${reviewId}`])
    const again = (await expert.post(`/api/revisions/${revisionId}/submission`)).json<{ reviewId: number }>()
    await approve(t, again.reviewId)
    expect(await events(expert)).toEqual([
      `revision.published entry:${id}`,
      `review.returned review:${reviewId}`,
    ])
    const agent = await t.signIn('agent')
    expect(await toldTo(agent)).toMatchObject([
      { event: 'revision.published', subject: `entry:${id}`, title: DRAFT.standardQuestion },
    ])
  })

  it('of an entry that imports put in force is told to nobody', async () => {
    t.build.entry()
    expect(await toldTo(await t.signIn('agent'))).toEqual([])
  })
})

describe('agents', () => {
  it('are told of a notice, as everyone is, under its public title', async () => {
    const chair = await t.signIn('chair')
    const { id, title } = (await chair.post('/api/notices', NOTICE)).json<{ id: number; title: string }>()
    for (const client of [await t.signIn('agent'), chair, await t.signIn('expert')])
      expect(await toldTo(client)).toMatchObject([{ event: 'notice.posted', subject: `notice:${id}`, title }])
  })

  it('no longer see a title once what it names has lapsed, was retired or replaced', async () => {
    const agent = await t.signIn('agent')
    await (await t.signIn('chair')).post('/api/notices', NOTICE)
    const { reviewId, id } = await submit(t)
    await approve(t, reviewId)
    expect((await toldTo(agent)).map(one => one.title)).toEqual([DRAFT.standardQuestion, '故障停电 · 东城区'])
    const next = t.build.revision(id, { standardQuestion: '换了的问题？' })
    t.build.publish(next)
    t.clock.now = Date.parse(NOTICE.endsAt)
    expect((await toldTo(agent)).map(one => one.title)).toEqual(['换了的问题？', null])
    t.build.retire(id)
    expect((await toldTo(agent)).map(one => one.title)).toEqual([null, null])
  })

  it('hear of a revision that is valid later when it comes into force, not before', async () => {
    const agent = await t.signIn('agent')
    const { reviewId, id } = await submit(t, { validFrom: iso(NOW + DAY) })
    await approve(t, reviewId)
    expect(await toldTo(agent)).toEqual([])
    expect(await events(await t.signIn('expert'))).toEqual([`revision.published entry:${id}`])
    t.clock.now = NOW + DAY
    expect(await events(await t.signIn('agent'))).toEqual([`revision.published entry:${id}`])
  })

  it('are not told what was told before they came', async () => {
    await (await t.signIn('chair')).post('/api/notices', NOTICE)
    const agent = await t.signIn('agent')
    t.db.$client.exec(`update person set created_at = ${NOW + 1} where id = ${agent.id}`)
    expect(await toldTo(agent)).toEqual([])
  })
})

describe('owners', () => {
  it('are told of a report from a call and of a source that was replaced', async () => {
    const id = t.build.entry({
      ownerDepartment: 'operations',
      basis: [{ sourceId: t.build.source('gb-12325') }],
    })
    await (await t.signIn('agent')).post(`/api/entries/${id}/feedback`, { kind: 'wrong' })
    await (await t.signIn('chair')).put('/api/sources/3/successor', { by: 1 })
    const wanted = ['source.superseded source:3', `feedback.given entry:${id}`]
    expect(await events(await reviewer('operations'))).toEqual(wanted)
    expect(await events(await t.signIn('expert', 'operations'))).toEqual(wanted)
    expect(await events(await reviewer('market'))).toEqual([])
  })

  it('are told so also of an entry that a policy hides from agents by then', async () => {
    const id = t.build.entry({ kind: 'answer', basis: [{ sourceId: t.build.source('gb-12325') }] })
    const [agent, chair] = [await t.signIn('agent'), await t.signIn('chair')]
    await chair.put('/api/policies', { ...POLICY, hideSuperseded: true })
    await chair.put('/api/sources/3/successor', { by: 1 })
    expect((await agent.get(`/api/entries/${id}`)).statusCode).toBe(404)
    write(t.db, tx => announce(tx, NOW, 'feedback.given', `entry:${id}`)) // given just before it was hidden
    const wanted = [`feedback.given entry:${id}`, 'source.superseded source:3']
    expect(await events(await reviewer('market'))).toEqual(wanted)
    expect(await events(agent)).toEqual([])
  })
})

describe('the outbox', () => {
  it('is emptied, and each event is told once', async () => {
    await submit(t)
    const market = await reviewer('market')
    await Promise.all([toldTo(market), toldTo(market), toldTo(market)])
    expect(await toldTo(market)).toHaveLength(1)
    expect(
      t.db
        .select()
        .from(outbox)
        .all()
        .filter(row => row.effect.startsWith('notify.')),
    ).toEqual([])
  })

  it('keeps an event through a restart of the service', async () => {
    await submit(t)
    await t.indexer.rebuild()
    expect(await toldTo(await reviewer('market'))).toHaveLength(1)
  })

  it('goes on after a row that cannot be told, and leaves it', async () => {
    write(t.db, tx => announce(tx, NOW, 'review.returned', 'review:999'))
    await submit(t)
    expect(await toldTo(await reviewer('market'))).toHaveLength(1)
    expect(
      t.db
        .select()
        .from(outbox)
        .all()
        .map(row => row.subject),
    ).toContain('review:999')
    expect(t.db.select().from(notification).all()).toHaveLength(1)
  })
})
