import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { i18n } from '../../../web/app/i18n.ts'
import QueueSide from '../../../web/reviews/QueueSide.vue'
import { delegations, loadDelegations, type Delegation } from '../../../web/reviews/delegations.ts'
import { toasts } from '../../../web/ui/toasts.ts'
import { problem, stubServer } from '../server-stub.ts'

const lent = (id: number, more: Partial<Delegation> = {}): Delegation => ({
  id,
  from: '2030-03-04T16:00:00.000Z',
  until: '2030-03-06T16:00:00.000Z',
  byName: '赵岚',
  toName: '沈听',
  mine: false,
  toMe: false,
  mayEnd: false,
  ...more,
})
const show = () => mount(QueueSide, { global: { plugins: [i18n] }, attachTo: document.body })

afterEach(() => {
  delegations.value = []
  toasts.value = []
  document.body.innerHTML = ''
  vi.unstubAllGlobals()
})

it('lists who stands in for whom, with the first and the last day in China, and ends what one may end', async () => {
  stubServer({
    'GET /api/delegations': () => ({
      delegations: [
        lent(1, { mine: true, mayEnd: true }),
        lent(2, { toMe: true }),
        lent(3, { mayEnd: true }),
      ],
    }),
    'PUT /api/delegations/1/ending': () => ({ delegations: [lent(2, { toMe: true })] }),
  })
  await loadDelegations()
  const page = show()
  expect(page.findAll('.delegations li > div > span').map(one => one.text())).toEqual([
    '沈听 代理您',
    '您代理 赵岚',
    '沈听 代理 赵岚',
  ])
  expect(page.find('.delegations small').text()).toBe('2030年3月5日 – 2030年3月6日')
  const buttons = page.findAll('.delegations button')
  expect(buttons).toHaveLength(2)
  await buttons[0]?.trigger('click')
  await flushPromises()
  expect(page.findAll('.delegations li')).toHaveLength(1)
  expect(toasts.value).toMatchObject([{ key: 'delegation.ended' }])
  page.unmount()
})

it('keeps the list and says why when it cannot be ended', async () => {
  stubServer({ 'PUT /api/delegations/1/ending': () => problem('delegation.not_found', 404) })
  delegations.value = [lent(1, { mine: true, mayEnd: true })]
  const page = show()
  await page.find('.delegations button').trigger('click')
  await flushPromises()
  expect(delegations.value).toHaveLength(1)
  expect(toasts.value).toMatchObject([{ key: 'code.delegation.not_found' }])
  page.unmount()
})
