import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { EntryLinks, EntryView } from '#server/contract/entry.ts'
import { HOUR } from '#server/platform/kernel/clock.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'

let app: TestApp
let agent: Client
beforeEach(async () => {
  app = await makeApp()
  onTestFinished(app.close)
  agent = await app.signIn('agent')
})

const read = async (id: number) => (await agent.get(`/api/entries/${id}`)).json<EntryView>()
const favourites = async (client: Client) =>
  (await client.get('/api/favourite-entries')).json<EntryLinks>().entries.map(one => one.id)

describe('links in a body', () => {
  test('lead to entries in force, by key and by id; to others they are words', async () => {
    const target = app.build.entry({}, 'appliance-damage')
    app.build.draft({}, 'unfinished')
    app.build.retire(app.build.entry({}, 'gone'))
    const lapsed = app.build.entry({ validUntil: NOW })
    const body = `[甲](entry:appliance-damage)[乙](entry:${target})[丙](entry:unfinished)[丁](entry:gone)[戊](entry:${lapsed})[己](entry:nothing)`
    const id = app.build.entry({ body })
    const link = (text: string) => `<a href="/desk?entry=${target}">${text}</a>`
    expect((await read(id)).bodyHtml).toBe(`<p>${link('甲')}${link('乙')}丙丁戊己</p>`)
  })

  test('stop leading there when the entry lapses', async () => {
    app.build.entry({ validUntil: NOW + HOUR }, 'price-2026')
    const id = app.build.entry({ body: '见[电价](entry:price-2026)' })
    expect((await read(id)).bodyHtml).toContain('<a ')
    app.clock.now += HOUR
    expect((await read(id)).bodyHtml).toBe('<p>见电价</p>')
  })
})

describe('related entries', () => {
  test('are others of the topic in force, five at most', async () => {
    const id = app.build.entry({ standardQuestion: '停电几小时算久？' })
    const others = [1, 2, 3, 4, 5, 6].map(number =>
      app.build.entry({ standardQuestion: `停电问题${number}？` }),
    )
    app.build.entry({ topic: '电压标准' })
    app.build.draft({ standardQuestion: '草稿？' })
    const { related } = await read(id)
    expect(related).toHaveLength(5)
    for (const link of related) expect(others).toContain(link.id)
    expect(related[0]).toEqual({ id: others[0], kind: 'answer', topic: '停电赔偿', title: '停电问题1？' })
  })

  test('are those whose topic is so now, not in a draft or in the past', async () => {
    const id = app.build.entry()
    const moved = app.build.entry()
    app.build.publish(app.build.revision(moved, { topic: '电压标准' }))
    const planned = app.build.entry({ topic: '电压标准' })
    app.build.revision(planned)
    expect((await read(id)).related).toEqual([])
  })

  test('many drafts of the topic do not crowd them out', async () => {
    const id = app.build.entry()
    for (let draft = 0; draft < 60; draft++) app.build.draft()
    const other = app.build.entry({ standardQuestion: '停电通知提前几天？' })
    expect((await read(id)).related.map(link => link.id)).toEqual([other])
  })
})

describe('favourites', () => {
  test('are marked and unmarked, the latest first, and twice is once', async () => {
    const first = app.build.entry()
    const second = app.build.entry()
    for (const id of [first, second, first]) {
      app.clock.now += 1
      expect((await agent.put(`/api/favourite-entries/${id}`)).statusCode).toBe(204)
    }
    expect(await favourites(agent)).toEqual([second, first])
    expect(await read(first)).toMatchObject({ favourite: true })
    for (let time = 0; time < 2; time++)
      expect((await agent.delete(`/api/favourite-entries/${second}`)).statusCode).toBe(204)
    expect(await favourites(agent)).toEqual([first])
  })

  test('are nobody else’s', async () => {
    const other = await app.signIn('expert')
    const id = app.build.entry()
    await agent.put(`/api/favourite-entries/${id}`)
    await other.delete(`/api/favourite-entries/${id}`)
    expect(await favourites(other)).toEqual([])
    expect(await favourites(agent)).toEqual([id])
    expect((await other.get(`/api/entries/${id}`)).json()).toMatchObject({ favourite: false })
  })

  test('only what is in force can be marked, and only that is listed', async () => {
    const { entryId } = app.build.draft()
    expect((await agent.put(`/api/favourite-entries/${entryId}`)).json()).toMatchObject({
      code: 'entry.not_found',
    })
    const id = app.build.entry()
    await agent.put(`/api/favourite-entries/${id}`)
    app.build.retire(id)
    expect(await favourites(agent)).toEqual([])
  })
})
