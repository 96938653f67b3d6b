import { afterEach, beforeEach, expect, it } from 'vitest'
import { builderCommands } from '../../../web/scripts/builder-commands.ts'
import { script } from '../../../web/scripts/writing.ts'
import { toasts } from '../../../web/ui/toasts.ts'
import { build, type Built } from './builder-page.ts'
import { agent } from './sample.ts'

let it1: Built
const able = (key: string) =>
  builderCommands.filter(one => one.keys.includes(key) && one.when()).map(one => one.id)
const moves = () => able('alt+arrowdown')
const words = () => script.value?.steps[0]?.branches.map(one => one.ifSays)

beforeEach(async () => {
  localStorage.clear()
  it1 = await build()
})
afterEach(() => it1.page.unmount())

it('a branch moves by key with its answer, keeps the focus in it and tells where it stands', async () => {
  await it1.run('addBranch')
  await it1.type('几点来电？')
  await it1.press('Enter')
  await it1.type('还没查到。')
  await it1.run('addBranch')
  await it1.type('电线断了')
  await it1.run('branchUp')
  expect([words(), it1.area().value]).toEqual([['电线断了', '几点来电？'], '电线断了'])
  expect(script.value?.steps[0]?.branches[1]?.lines).toEqual([agent('还没查到。')])
  expect(toasts.value.map(one => [one.key, one.values])).toEqual([
    ['toast.branchMoved', { number: 1, count: 2 }],
  ])
  await it1.run('branchUp')
  expect(words()).toEqual(['电线断了', '几点来电？'])
  await it1.run('undo')
  expect(words()).toEqual(['几点来电？', '电线断了'])
})

it('one key moves the line or the branch that has the focus, never both', async () => {
  expect(moves()).toEqual(['lineDown'])
  await it1.run('addBranch')
  expect(moves()).toEqual(['branchDown'])
  await it1.press('Enter')
  expect(moves()).toEqual(['lineDown'])
})

it('a branch whose box went with its step is not moved from the next one', async () => {
  await it1.run('addBranch')
  await it1.run('scriptSteps', { code: 'Digit7', key: '7' })
  expect(able('alt+arrowup')).toEqual([])
})
