import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { i18n } from '../../../web/app/i18n.ts'
import DecisionPane from '../../../web/reviews/DecisionPane.vue'
import ReviewDialogs from '../../../web/reviews/ReviewDialogs.vue'
import { dialog } from '../../../web/reviews/dialogs.ts'
import { reviewCommands } from '../../../web/reviews/review-commands.ts'
import { review } from '../../../web/reviews/review.ts'
import { problem, settle, stubServer, type Asked } from '../server-stub.ts'
import { readings, view } from './sample.ts'

let asked: Asked[]
let answer: () => unknown
const own = view(1, { mayVote: false, mayWithdraw: true })
const command = reviewCommands.find(one => one.id === 'withdraw')
const show = () =>
  mount(ReviewDialogs, { props: { review: own }, global: { plugins: [i18n] }, attachTo: document.body })
const send = async (page: ReturnType<typeof show>) => {
  await page.find('form').trigger('submit')
  await settle()
  await settle()
}

beforeEach(() => {
  answer = () => ({ state: 'withdrawn' })
  ;({ asked } = stubServer({
    ...readings,
    'GET /api/reviews/1': () => own,
    'POST /api/reviews/1/withdrawal': () => answer(),
  }))
  review.value = own
  dialog.value = undefined
})
afterEach(() => {
  review.value = undefined
  dialog.value = undefined
  document.body.innerHTML = ''
  vi.unstubAllGlobals()
})

it('is offered to who may withdraw, with its key, and to nobody else', () => {
  const pane = (shown: typeof own) =>
    mount(DecisionPane, { props: { review: shown }, global: { plugins: [i18n] } }).text()
  expect(command?.when()).toBe(true)
  expect(pane(own)).toContain('撤回评审')
  review.value = view(1)
  expect(command?.when()).toBe(false)
  expect(pane(view(1))).not.toContain('撤回评审')
})

it('sends the reason, or none', async () => {
  command?.run()
  const page = show()
  await page.find('textarea').setValue('  漏了一种情形  ')
  await send(page)
  command?.run()
  await page.vm.$nextTick()
  await send(page)
  const bodies = asked.filter(one => one.method === 'POST').map(one => one.body)
  expect(bodies).toEqual([{ reason: '漏了一种情形' }, {}])
  expect(dialog.value).toBeUndefined()
  page.unmount()
})

it('says why it is refused and keeps the words', async () => {
  answer = () => problem('review.fast_lane_open', 409)
  command?.run()
  const page = show()
  await page.find('textarea').setValue('漏了')
  await send(page)
  expect(page.find('[role=alert]').text()).toContain('快审')
  expect(page.find('textarea').element.value).toBe('漏了')
  page.unmount()
})

it('stands in the record with who and why', () => {
  const at = '2026-09-01T00:00:00.000Z'
  const withdrawn = { name: '陈曦', department: 'market', at, reason: '漏了一种情形', round: 1 }
  const shown = view(1, { state: 'withdrawn', withdrawals: [withdrawn], mayVote: false })
  const pane = mount(DecisionPane, { props: { review: shown }, global: { plugins: [i18n] } })
  expect(pane.find('.record .withdraw').text()).toMatch(/陈曦.*撤回.*漏了一种情形/su)
})
