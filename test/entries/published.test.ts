import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { EntryView } from '#server/contract/entry.ts'
import { entriesTurnedBetween, retireEntry } from '#server/entries/index.ts'
import { write } from '#server/platform/db/db.ts'
import { DAY, HOUR, iso } from '#server/platform/kernel/clock.ts'
import { audit } from '#server/platform/kernel/tables.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'

let app: TestApp
let agent: Client
beforeEach(async () => {
  app = await makeApp()
  onTestFinished(app.close)
  agent = await app.signIn('agent')
})

const read = async (id: number) => (await agent.get(`/api/entries/${id}`)).json<EntryView>()
const status = async (id: number) => (await agent.get(`/api/entries/${id}`)).statusCode

test('a published entry shows all that an agent needs to stand by it', async () => {
  const id = app.build.entry({
    kind: 'standard',
    standardQuestion: '居民电压的允许偏差是多少？',
    basis: [
      { sourceId: app.build.source('gb-12325'), clause: '4.1' },
      { sourceId: app.build.source('business-rules') },
    ],
    scope: { company: '国网', province: '浙江', customerClass: '居民' },
    labels: ['待核'],
    validFrom: NOW - DAY,
    validUntil: NOW + DAY,
    verifyBy: NOW + 30 * DAY,
  })
  expect(await read(id)).toEqual({
    id,
    kind: 'standard',
    topic: '停电赔偿',
    category: '供电可靠',
    title: '居民电压的允许偏差是多少？',
    similarQuestions: ['停电坏了一冰箱肉谁赔', '停了一天电能不能赔钱'],
    say: expect.stringContaining('按规定赔偿'),
    bodyHtml: '<h2>依据</h2>\n<p>供电企业责任造成停电的，按<strong>有关规定</strong>赔偿。</p>',
    basis: [
      {
        sourceId: app.build.source('gb-12325'),
        title: '电能质量 供电电压偏差',
        number: 'GB/T 12325-2008',
        clause: '4.1',
        status: 'verify',
      },
      {
        sourceId: app.build.source('business-rules'),
        title: '供电营业规则',
        number: '国家发展改革委令第14号',
        clause: null,
        status: 'current',
      },
    ],
    scope: { company: '国网', province: '浙江', customerClass: '居民' },
    tags: ['赔偿'],
    labels: ['待核'],
    validFrom: iso(NOW - DAY),
    validUntil: iso(NOW + DAY),
    verifiedAt: iso(NOW),
    verifyBy: iso(NOW + 30 * DAY),
    revision: 1,
    publishedAt: iso(NOW),
    approvedBy: [{ name: '知识库运维小组', department: 'market', at: iso(NOW) }],
    owner: 'market',
    favourite: false,
    related: [],
  })
})

describe('what is in force', () => {
  test('a draft is not', async () => expect(await status(app.build.draft().entryId)).toBe(404))

  test('a published entry stays as it was while a later revision is a draft, and changes when that is published', async () => {
    const id = app.build.entry({ say: '旧的口径。' })
    const later = app.build.revision(id, { say: '新的口径。' })
    expect(await read(id)).toMatchObject({ say: '旧的口径。', revision: 1 })
    app.build.publish(later)
    expect(await read(id)).toMatchObject({ say: '新的口径。', revision: 2 })
  })

  test('a retired entry is not, until it is published again', async () => {
    const id = app.build.entry()
    app.build.retire(id)
    expect(await status(id)).toBe(404)
    app.build.publish(app.build.revision(id))
    expect(await status(id)).toBe(200)
  })

  test('validUntil ends it to the millisecond; the revision before does not come back', async () => {
    const id = app.build.entry({ say: '从前的口径。' })
    app.build.publish(app.build.revision(id, { validUntil: NOW + HOUR }))
    app.clock.now = NOW + HOUR - 1
    expect(await read(id)).toMatchObject({ revision: 2 })
    app.clock.now = NOW + HOUR
    expect(await status(id)).toBe(404)
  })

  test('validFrom begins it to the millisecond; until then the revision before holds', async () => {
    const id = app.build.entry({ say: '现在的口径。' })
    app.build.publish(app.build.revision(id, { say: '一小时后的口径。', validFrom: NOW + HOUR }))
    app.clock.now = NOW + HOUR - 1
    expect(await read(id)).toMatchObject({ say: '现在的口径。' })
    app.clock.now = NOW + HOUR
    expect(await read(id)).toMatchObject({ say: '一小时后的口径。' })
  })

  test('what was approved for a later day begins on that day, also when another revision was published meanwhile', async () => {
    const id = app.build.entry({ say: '现在的口径。' })
    app.build.publish(app.build.revision(id, { say: '新电价口径。', validFrom: NOW + 2 * HOUR }))
    app.clock.now = NOW + HOUR
    app.build.publish(app.build.revision(id, { say: '改了错字的口径。' }))
    expect(await read(id)).toMatchObject({ say: '改了错字的口径。' })
    app.clock.now = NOW + 2 * HOUR
    expect(await read(id)).toMatchObject({ say: '新电价口径。' })
  })

  test('retirement also ends a revision that is yet to begin', async () => {
    const id = app.build.entry()
    app.build.publish(app.build.revision(id, { validFrom: NOW + HOUR }))
    app.build.retire(id)
    app.clock.now = NOW + 2 * HOUR
    expect(await status(id)).toBe(404)
  })

  test('what the clock turned is told, each once', () => {
    const id = app.build.entry({ validFrom: NOW + 10, validUntil: NOW + 20 })
    expect(entriesTurnedBetween(app.db, NOW, NOW + 9)).toEqual([])
    expect(entriesTurnedBetween(app.db, NOW, NOW + 10)).toEqual([id])
    expect(entriesTurnedBetween(app.db, NOW + 10, NOW + 19)).toEqual([])
    expect(entriesTurnedBetween(app.db, NOW, NOW + 20)).toEqual([id])
  })
})

describe('commands', () => {
  test('a revision is published once', () => {
    const { revisionId } = app.build.draft()
    app.build.publish(revisionId)
    expect(() => app.build.publish(revisionId)).toThrow('revision.already_published')
  })

  test('what is not there is refused', () => {
    expect(() => app.build.publish(99)).toThrow('revision.not_found')
    expect(() => app.build.revision(99)).toThrow('entry.not_found')
    expect(() => app.build.retire(99)).toThrow('entry.not_found')
    expect(() => app.build.retire(app.build.draft().entryId)).toThrow('entry.not_found')
    expect(() => app.build.draft({ ownerDepartment: 'finance' })).toThrow('department.not_found')
  })

  test('every step is written down, with who took it', async () => {
    const reviewer = await app.signIn('reviewer')
    const id = app.build.entry()
    write(app.db, tx => retireEntry(tx, NOW, reviewer, id, '办法已修订'))
    const lines = app.db
      .select()
      .from(audit)
      .all()
      .filter(line => line.subject === `entry:${id}`)
    expect(lines.map(line => [line.action, line.personId, line.note])).toEqual([
      ['revision.written', null, 'revision:1'],
      ['revision.published', null, 'revision:1 approvals:market/'],
      ['entry.retired', reviewer.id, 'revision:1'],
    ])
  })
})
