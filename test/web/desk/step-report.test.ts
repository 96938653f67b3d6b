import { afterEach, beforeEach, expect, it } from 'vitest'
import { reported } from '../../../web/desk/feedback.ts'
import { spot } from '../../../web/desk/following.ts'
import { openFollowing, press, type FollowingPage } from './following-page.ts'

const SENT = '/api/entries/7/feedback'

let desk: FollowingPage
const bodies = () => desk.asked.filter(one => one.url.pathname === SENT).map(one => one.body)
const report = () => desk.page.find('#desk-feedback')

beforeEach(async () => {
  desk = await openFollowing()
  desk.server[`POST ${SENT}`] = () => ({ taskId: 3 })
  await press('h')
})
afterEach(() => desk.close())

it('W reports the script with the step that is followed, and the step is still there', async () => {
  await press(' ')
  await press('w')
  expect(report().find('.where').text()).toBe('第 2 步')
  await press('1')
  await report().find('input').setValue('称呼不该放在最前面')
  await press('Enter')
  expect(bodies()).toEqual([
    expect.objectContaining({ kind: 'wrong', callId: 5, words: '第 2 步：称呼不该放在最前面' }),
  ])
  expect([report().exists(), spot.value?.step]).toEqual([false, 2])
})

it('names the step once, also when what was refused is sent again', async () => {
  await press('w')
  await press('1')
  await report().find('input').setValue('第 1 步：称呼不该放在最前面')
  await press('Enter')
  expect(bodies()).toEqual([expect.objectContaining({ words: '第 1 步：称呼不该放在最前面' })])
})

it('names the step without a word of the agent, and the answer to a branch', async () => {
  await press('1')
  await press('w')
  await press('2')
  await press('Enter')
  expect(bodies()).toEqual([expect.objectContaining({ words: '第 1 步“若客户说”1' })])
})

it('figures choose what is wrong, not a branch, and Esc goes back to the step', async () => {
  await press('w')
  await press('3')
  expect(spot.value).toEqual({ step: 1, answering: null, by: null })
  await press('Escape')
  await press('3')
  expect(spot.value?.step).toBe(3)
  expect(bodies()).toEqual([])
})

it('no number of a customer goes with it, nor more than the server takes', async () => {
  await press('w')
  await press('1')
  await report()
    .find('input')
    .setValue(`13900005678${'说'.repeat(488)}`)
  await press('Enter')
  const [{ words } = { words: '' }] = bodies() as { words: string }[]
  expect([words.includes('5678'), words.startsWith('第 1 步：'), words.length <= 500]).toEqual([
    false,
    true,
    true,
  ])
})

it('at the end of a script it is reported as a whole', async () => {
  await press('2')
  await press('w')
  await press('1')
  await press('Enter')
  expect(bodies()).toEqual([expect.not.objectContaining({ words: expect.anything() })])
  expect(reported.value).toBe(7)
})
