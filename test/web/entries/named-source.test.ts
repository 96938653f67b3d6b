import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { chosenSource, entryWords, loadList, showAt, shownList, sources } from '../../../web/entries/lists.ts'
import { problem, stubServer } from '../server-stub.ts'

const source = (id: number) => ({ id, title: `供电营业规则 ${id}`, number: `第 ${id} 号`, status: 'current' })

beforeEach(() => {
  stubServer({
    'GET /api/sources': () => ({ total: 300, sources: [source(1), source(2)] }),
    'GET /api/sources/250': () => source(250),
    'GET /api/sources/999': () => problem('source.not_found', 404),
  })
})
afterEach(() => {
  showAt('/entries')
  vi.unstubAllGlobals()
})

const list = () => sources.value.map(one => one.id)

it('chooses the document that the address names, once', async () => {
  entryWords.value = '电费'
  showAt('/entries/sources/2')
  await loadList('sources')
  expect([shownList.value, chosenSource.row.value?.id]).toEqual(['sources', 2])
  chosenSource.move(-1)
  await loadList('sources')
  expect(chosenSource.row.value?.id).toBe(1)
})

it('puts it first when the list does not reach so far', async () => {
  showAt('/entries/sources/250')
  await loadList('sources')
  expect([list(), chosenSource.row.value?.id]).toEqual([[250, 1, 2], 250])
})

it('shows the list as it is when there is none such', async () => {
  showAt('/entries/sources/999')
  await loadList('sources')
  expect(list()).toEqual([1, 2])
})
