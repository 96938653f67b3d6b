import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { NoticeList, NoticeView } from '#server/contract/notice.ts'
import { concerns, lacksNextUpdate, stateAt, timeFaults, titleOf } from '#server/notices/rules.ts'
import { DAY, HOUR, MINUTE, iso } from '#server/platform/kernel/clock.ts'
import { audit } from '#server/platform/kernel/tables.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'

let app: TestApp
let agent: Client
beforeEach(async () => {
  app = await makeApp()
  onTestFinished(app.close)
  agent = await app.signIn('agent')
})

const list = async (query = '') => (await agent.get(`/api/notices?${encodeURI(query)}`)).json<NoticeList>()
const listed = async (query = '') => (await list(query)).notices.map(notice => notice.id)

const NEW = {
  kind: 'planned',
  areas: ['东城区新民里', '东城区和平里'],
  line: '10kV新民线',
  reason: '更换老化导线',
  startsAt: iso(NOW + HOUR),
  endsAt: iso(NOW + 5 * HOUR),
  estimate: iso(NOW + 4 * HOUR),
  say: '新民里今天有计划检修，预计停三个小时左右。',
}

describe('posting', () => {
  test.each(['reviewer', 'chair', 'supervisor'] as const)(
    'a %s posts, and it is found at once',
    async role => {
      const poster = await app.signIn(role)
      const reply = await poster.post('/api/notices', NEW)
      expect(reply.statusCode).toBe(201)
      const view = reply.json<NoticeView>()
      expect(view).toEqual({
        ...NEW,
        id: 1,
        title: '计划停电 · 东城区新民里、东城区和平里 10kV新民线',
        nextUpdateAt: null,
        postedAt: iso(NOW),
        postedBy: expect.stringMatching(/^(?:赵岚|周正|何敏)$/u),
        state: 'upcoming',
      })
      expect((await agent.get('/api/notices/1')).json()).toEqual(view)
      expect((await agent.get('/api/search?q=%E6%96%B0%E6%B0%91%E9%87%8C')).json()).toMatchObject({
        hits: [{ kind: 'notice', id: 1 }],
      })
      const line = app.db
        .select()
        .from(audit)
        .all()
        .find(one => one.action === 'notice.posted')
      expect(line).toMatchObject({ personId: poster.id, subject: 'notice:1' })
    },
  )

  test.each(['agent', 'expert', 'admin'] as const)('a %s may not', async role => {
    const reply = await (await app.signIn(role)).post('/api/notices', NEW)
    expect(reply.json()).toMatchObject({ status: 403, code: 'right.missing' })
    expect(await listed()).toEqual([])
  })

  test.each([
    ['ends before it starts', { endsAt: iso(NOW + HOUR - 1) }, ['body.endsAt']],
    ['ends as it starts', { endsAt: NEW.startsAt }, ['body.endsAt']],
    ['is over already', { startsAt: iso(NOW - 2 * HOUR), endsAt: iso(NOW) }, ['body.endsAt']],
    ['expects an end in the past', { estimate: iso(NOW - 1) }, ['body.estimate']],
    ['promises a word in the past', { nextUpdateAt: iso(NOW - 1) }, ['body.nextUpdateAt']],
    ['is a fault that promises no word', { kind: 'fault', estimate: undefined }, ['body.nextUpdateAt']],
    [
      'has everything wrong',
      { endsAt: iso(NOW - DAY), estimate: iso(0), nextUpdateAt: iso(0) },
      ['body.endsAt', 'body.endsAt', 'body.estimate', 'body.nextUpdateAt'],
    ],
  ])('one that %s is refused with its fields', async (_, change, paths) => {
    const reply = await (await app.signIn('reviewer')).post('/api/notices', { ...NEW, ...change })
    expect(reply.json()).toMatchObject({ status: 422, code: 'notice.times_out_of_order' })
    expect(reply.json().fields.map((field: { path: string }) => field.path)).toEqual(paths)
    expect(await listed()).toEqual([])
  })

  test('times of any zone are the same instants', async () => {
    const reviewer = await app.signIn('reviewer')
    const endsAt = '2026-11-22T15:00:00+08:00'
    const reply = await reviewer.post('/api/notices', { ...NEW, estimate: undefined, endsAt })
    expect(reply.json()).toMatchObject({ endsAt: '2026-11-22T07:00:00.000Z' })
  })
})

describe('the list', () => {
  test('has what is active or to come, the next to end first; each lapses by itself at its end', async () => {
    const later = app.build.notice({ endsAt: NOW + 2 * HOUR })
    const sooner = app.build.notice({ endsAt: NOW + HOUR })
    const coming = app.build.notice({ startsAt: NOW + HOUR, endsAt: NOW + 3 * HOUR })
    expect(await listed()).toEqual([sooner, later, coming])
    app.clock.now = NOW + HOUR - 1
    expect(await listed()).toEqual([sooner, later, coming])
    app.clock.now = NOW + HOUR
    expect(await listed()).toEqual([later, coming])
    expect((await agent.get(`/api/notices/${sooner}`)).statusCode).toBe(404)
    expect((await agent.get(`/api/notices/${coming}`)).json()).toMatchObject({ state: 'active' })
  })

  test('by state, area and instant, in pages', async () => {
    const ended = app.build.notice({ areas: ['西山区'], endsAt: NOW })
    const active = app.build.notice({ areas: ['东城区新民里'] })
    const upcoming = app.build.notice({ areas: ['西山区'], startsAt: NOW + HOUR, endsAt: NOW + 4 * HOUR })
    expect(await listed('state=ended')).toEqual([ended])
    expect(await listed('state=active')).toEqual([active])
    expect(await listed('state=upcoming')).toEqual([upcoming])
    expect(await listed('area=东城区')).toEqual([active])
    expect(await listed('area=西山区枫林街12号')).toEqual([upcoming])
    expect(await listed('area=没有的区')).toEqual([])
    expect(await listed(`at=${iso(NOW + 3 * HOUR)}`)).toEqual([upcoming])
    expect(await listed(`at=${iso(NOW - MINUTE)}&area=西山区&state=active`)).toEqual([ended])
    expect(await list('limit=1&offset=1')).toMatchObject({ total: 2, notices: [{ id: upcoming }] })
  })

  test('a notice nobody posted is not found', async () => {
    expect((await agent.get('/api/notices/99')).json()).toMatchObject({
      status: 404,
      code: 'notice.not_found',
    })
  })
})

describe('rules', () => {
  test('where the clock stands', () => {
    const times = { startsAt: 100, endsAt: 200 }
    expect([99, 100, 199, 200].map(at => stateAt(times, at))).toEqual([
      'upcoming',
      'active',
      'active',
      'ended',
    ])
  })

  test.each([
    ['东城区', '东城区新民里', true],
    ['东城区新民里', '东城区', true],
    ['东城区', '东城 区', true],
    ['１０号小区', '10号小区', true],
    ['东城区', '西城区', false],
    ['东城区', '', false],
    ['东城区', ' 　', false],
  ])('a notice for %s concerns %j: %s', (area, asked, expected) =>
    expect(concerns([area], asked)).toBe(expected),
  )

  test('a fault gives an estimate or the time of the next word; other kinds need neither', () => {
    const none = { estimate: null, nextUpdateAt: null }
    expect(lacksNextUpdate({ kind: 'fault', ...none })).toBe(true)
    expect(lacksNextUpdate({ kind: 'fault', ...none, estimate: 1 })).toBe(false)
    expect(lacksNextUpdate({ kind: 'fault', ...none, nextUpdateAt: 1 })).toBe(false)
    expect(lacksNextUpdate({ kind: 'orderly', ...none })).toBe(false)
  })

  test('the headline has a line only when there is one', () => {
    expect(titleOf({ kind: 'restoration', areas: ['柳林镇'], line: null })).toBe('恢复送电 · 柳林镇')
  })

  test('good times have no fault', () => {
    expect(timeFaults({ startsAt: 1, endsAt: 2, estimate: null, nextUpdateAt: null }, 1)).toEqual([])
  })
})
