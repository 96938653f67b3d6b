import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { examine, type Finding } from '#server/platform/engine/meilisearch/doctor.ts'
import { KEY_ACTIONS, makeKey } from '#server/platform/engine/meilisearch/key.ts'
import { createMeilisearchEngine } from '#server/platform/engine/meilisearch/engine.ts'
import { indexSettings, newMark } from '#server/platform/engine/meilisearch/settings.ts'
import { MASTER_KEY, startStub } from '../../support/meilisearch/stub.ts'
import { LIBRARY, SETTINGS } from './library.ts'

// every request is a real one, to a server that tests and other work share the machine with
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const stub = await startStub()
const PATIENT = { timeout: 60_000, searchTimeout: 60_000 }
const key = await makeKey(stub.url, MASTER_KEY)
const patient = {
  url: stub.url,
  key,
  settings: SETTINGS,
  owner: 'test',
  documents: LIBRARY.length,
  ...PATIENT,
}

afterAll(() => stub.kill())

it('a key is made once', async () => {
  expect(await makeKey(stub.url, MASTER_KEY)).toBe(key)
  expect(stub.keys.all.filter(({ name }) => name === 'firstline')).toHaveLength(1)
  const other = await startStub()
  other.keys.create({ name: 'firstline', actions: ['search'], indexes: ['*'] })
  await makeKey(other.url, MASTER_KEY)
  expect(other.keys.all).toHaveLength(2)
  await other.kill()
})

afterEach(() => {
  stub.faultOf = () => undefined
  stub.version = '1.53.0'
  expect(stub.violations).toEqual([])
})

async function findings(
  given: Parameters<typeof examine>[0] = patient,
): Promise<Record<string, Finding['is']>> {
  const found: Finding[] = []
  for await (const one of examine(given)) found.push(one)
  return Object.fromEntries(found.map(({ what, is }) => [what, is]))
}

describe('the doctor', () => {
  it('makes a key that is enough for everything the service does, and opens nothing else', async () => {
    const engine = createMeilisearchEngine(patient)
    await engine.rebuild(LIBRARY)
    await engine.apply({ put: [LIBRARY[0]!], remove: ['entry:404'] })
    expect(await engine.inspect()).toMatchObject({ state: 'ready', documents: LIBRARY.length })
    const { hits } = await engine.search({ text: '停电', limit: 5, offset: 0 })
    expect(hits.length).toBeGreaterThan(0)
    expect(stub.keys.all).toMatchObject([{ actions: [...KEY_ACTIONS], indexes: ['firstline*'] }])
    const other = createMeilisearchEngine({ ...patient, uid: 'orders' })
    await expect(other.inspect()).rejects.toMatchObject({ kind: 'unauthorized' })
  })

  it('finds everything right', async () => {
    const failed = () => stub.store.queue.tasks.filter(({ status }) => status === 'failed').length
    const before = failed()
    const found = await findings()
    expect(new Set(Object.values(found))).toEqual(new Set(['right']))
    expect(Object.keys(found)).toEqual(
      expect.arrayContaining([
        'server',
        'version',
        'key',
        'Chinese segmentation',
        'index',
        'documents',
        'queue',
        'disk',
      ]),
    )
    expect([...stub.store.indexes.keys()]).toEqual(['firstline'])
    expect(failed()).toBe(before)
  })

  it('tells what is not', async () => {
    expect(await findings({ ...patient, key: MASTER_KEY })).toMatchObject({ key: 'doubtful' })
    expect(await findings({ ...patient, documents: 7_000 })).toMatchObject({ documents: 'doubtful' })
    expect(await findings({ ...patient, owner: 'another' })).toMatchObject({ index: 'wrong' })
    expect(await findings({ ...patient, key: 'none' })).toMatchObject({ version: 'wrong', index: 'wrong' })
    expect(await findings({ ...patient, uid: 'firstline-2' })).toMatchObject({ index: 'doubtful' })
    stub.version = '1.40.0'
    expect(await findings()).toMatchObject({ version: 'doubtful' })
    stub.version = '1.12.0'
    expect(await findings()).toMatchObject({ version: 'wrong' })
    stub.store.index('firstline').settings.rankingRules = ['words']
    expect(await findings()).toMatchObject({ index: 'wrong' })
    for (const fault of ['html', 'other'] as const) {
      stub.faultOf = () => fault
      expect(await findings()).toEqual({ server: 'wrong' })
    }
  })

  it.each(['indexes.get', 'indexes.swap', 'documents.get', 'documents.delete'] as const)(
    'tells a key that lacks %s',
    async lacking => {
      const actions = KEY_ACTIONS.filter(action => action !== lacking)
      const weak = stub.keys.create({ actions, indexes: ['firstline*'] })
      const found: Finding[] = []
      for await (const one of examine({ ...patient, key: weak.key })) found.push(one)
      const ofKey = found.find(({ what }) => what === 'key')
      expect(ofKey).toMatchObject({ is: 'wrong', found: expect.stringContaining(`may not ${lacking};`) })
    },
  )

  it('tells settings that were changed from those that the server only filled up', async () => {
    const { settings } = stub.store.index('firstline')
    const { rankingRules, typoTolerance } = indexSettings(SETTINGS, newMark('test', SETTINGS))
    settings.rankingRules = rankingRules!
    settings.typoTolerance = { disableOnNumbers: false, ...typoTolerance }
    expect(await findings()).toMatchObject({ index: 'right' })
    settings.typoTolerance = { ...typoTolerance, disableOnAttributes: [] }
    expect(await findings()).toMatchObject({ index: 'wrong' })
  })
})
