import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SearchHit } from '#server/contract/search.ts'
import { clearAnswer, shown } from '../../web/desk/answer.ts'
import { area, current } from '../../web/desk/call.ts'
import { deskCommand, deskCommands } from '../../web/desk/commands.ts'
import { PLACES, followPlace, place } from '../../web/desk/places.ts'
import { category, chosen, clearFilters, kind, reply, text } from '../../web/desk/search.ts'
import { settle, stubServer, type Asked } from './server-stub.ts'

const hit = (id: number) =>
  ({ id, kind: 'answer', title: `题 ${id}`, say: '请别修。', labels: [], scope: {} }) as unknown as SearchHit
const found = (hits: SearchHit[]) => ({
  query: '停电',
  confident: true,
  total: hits.length,
  hits,
  notices: [],
  facets: { kind: {}, category: {} },
  engine: 'x',
  degraded: false,
})
const begun = (id: number) => ({
  id,
  startedAt: new Date().toISOString(),
  endedAt: null,
  area: null,
  outcome: null,
  searches: [],
  opened: [],
  copied: [],
  followed: [],
})
const run = async (id: string) => {
  await deskCommand(id).run()
  await settle()
}

let asked: Asked[]
let stop: () => void

beforeEach(() => {
  document.body.innerHTML = `<input id="${PLACES.box}"><div id="${PLACES.list}" tabindex="0"></div><main id="${PLACES.answer}" tabindex="-1"></main>`
  stop = followPlace()
  ;({ asked } = stubServer({
    'POST /api/calls': () => begun(6),
    'GET /api/calls/5': () => begun(5),
    'PUT /api/calls/5/outcome': (_url, init) => ({ ...begun(5), outcome: JSON.parse(String(init.body)) }),
    'GET /api/entries/1': () => ({ ...hit(1), basis: [] }),
    'GET /api/entries/2': () => ({ ...hit(2), basis: [] }),
    'GET /api/search': () => found([hit(1), hit(2)]),
  }))
  current.value = begun(5) as unknown as typeof current.value
  reply.value = found([hit(1), hit(2)]) as typeof reply.value
  chosen.value = 0
  document.getElementById(PLACES.box)?.focus()
})
afterEach(() => {
  stop()
  text.value = ''
  area.value = ''
  reply.value = undefined
  clearAnswer()
  clearFilters()
  vi.unstubAllGlobals()
})

describe('moving about the desk', () => {
  it('enters the list with ↓ and leaves it above the first hit', async () => {
    await run('down')
    expect([place.value, chosen.value]).toEqual(['list', 1])
    await run('up')
    expect([place.value, chosen.value]).toEqual(['list', 0])
    await run('up')
    expect(place.value).toBe('box')
  })

  it('leaves the box also when nothing was found, so that letters act', async () => {
    reply.value = found([]) as typeof reply.value
    await run('down')
    expect(place.value).toBe('answer')
  })

  it('goes back one step at a time: answer, list, box, filters, text', async () => {
    text.value = '停电'
    kind.value = 'answer'
    category.value = '供电可靠'
    document.getElementById(PLACES.answer)?.focus()
    await run('back')
    expect(place.value).toBe('list')
    await run('back')
    expect(place.value).toBe('box')
    await run('back')
    expect([kind.value, category.value, text.value]).toEqual(['', '', '停电'])
    await run('back')
    expect(text.value).toBe('')
  })
})

describe('what is done in a call', () => {
  it('counts as opened what is resolved from beside the list', async () => {
    shown.value = { kind: 'entry', id: 1, brief: hit(1) as never, entry: null }
    await run('resolved')
    const [opening] = asked.filter(one => one.url.pathname === '/api/entries/1')
    expect(opening?.url.search).toBe('?call=5&how=list&rank=1')
    expect(asked.find(one => one.method === 'PUT')?.body).toEqual({ verdict: 'resolved', entryId: 1 })
    expect(current.value?.outcome).toMatchObject({ verdict: 'resolved' })
  })

  it('names no entry when none was read', async () => {
    shown.value = { kind: 'entry', id: 1, brief: hit(1) as never, entry: null }
    await run('follow_up')
    expect(asked.find(one => one.method === 'PUT')?.body).toEqual({ verdict: 'follow_up' })
  })

  it('begins the next call with an empty desk', async () => {
    text.value = '停电'
    kind.value = 'answer'
    shown.value = { kind: 'entry', id: 1, brief: hit(1) as never, entry: null }
    await run('next')
    expect([current.value?.id, text.value, kind.value, shown.value]).toEqual([6, '', '', null])
    expect(place.value).toBe('box')
  })
})

it('every command of the desk has a key of its own', () => {
  const keys = deskCommands.flatMap(command => (command.sharesKeys === true ? [] : command.keys))
  expect(new Set(keys).size).toBe(keys.length)
  expect(deskCommands.every(command => command.keys.length > 0)).toBe(true)
})
