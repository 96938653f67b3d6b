import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Policy } from '#server/contract/policy.ts'
import { i18n } from '../../../web/app/i18n.ts'
import { pageCommands } from '../../../web/app/page-commands.ts'
import Policies from '../../../web/policies/Policies.vue'
import { policyCommands } from '../../../web/policies/commands.ts'
import { edited, policies } from '../../../web/policies/policies.ts'
import { commands, register } from '../../../web/ui/commands.ts'
import { problem, stubServer, type Asked } from '../server-stub.ts'

const rule = (kind: Policy['kind'], category: Policy['category'] = null): Policy => ({
  kind,
  category,
  departments: [],
  minimum: 2,
  daysToDecide: 3,
  verifyDays: 180,
  fastLane: true,
  keepApprovals: true,
  hideOverdue: false,
  hideSuperseded: false,
  feedbackWarning: 3,
  feedbackDays: 5,
})
const all = [rule('answer', '供电安全'), rule('process'), rule('answer')]

let asked: Asked[]
let role: string
let seats: object[]
let refuse: Response | undefined
const run = (id: string) => policyCommands.find(one => one.id === id)?.run()
const put = () => asked.find(one => one.method === 'PUT')
const open = async () => {
  const page = mount(Policies, { global: { plugins: [i18n] }, attachTo: document.body })
  await flushPromises()
  return page
}

beforeEach(() => {
  role = 'chair'
  seats = [{ personId: 3, name: '吴宁', department: 'safety' }]
  refuse = undefined
  ;({ asked } = stubServer({
    'GET /api/policies': () => ({ policies: all }),
    'PUT /api/policies': () => refuse?.clone() ?? { policies: all },
    'GET /api/members': () => ({ members: seats }),
    'GET /api/session': () => ({ person: { id: 9, name: '周正', roles: [role] }, demo: true }),
    'GET /api/departments': () => ({
      departments: [
        { slug: 'safety', name: '安全管理', nameEn: 'Safety' },
        { slug: 'market', name: '市场营销', nameEn: 'Market' },
      ],
    }),
  }))
})
afterEach(() => {
  edited.value = undefined
  document.body.innerHTML = ''
  vi.unstubAllGlobals()
})

describe('the rules of review', () => {
  it('stand by kind, what holds for all categories first', async () => {
    const page = await open()
    expect(policies.value.map(one => [one.kind, one.category])).toEqual([
      ['answer', null],
      ['answer', '供电安全'],
      ['process', null],
    ])
    const [first, second, third] = page.findAll('tbody tr').map(row => row.text())
    expect(first).toContain('其余类别')
    expect(second).toContain('供电安全')
    expect(third).toContain('全部类别')
    page.unmount()
  })

  it('are edited by key and saved whole', async () => {
    const page = await open()
    run('down')
    run('editPolicy')
    await flushPromises()
    await page.find('input[value=safety]').setValue(true)
    await page.find('form').trigger('submit')
    await flushPromises()
    expect(put()?.body).toEqual({ ...rule('answer', '供电安全'), departments: ['safety'] })
    expect(page.find('dialog').exists()).toBe(false)
    page.unmount()
  })

  it('that could never be met are refused with why at the field', async () => {
    refuse = problem('policy.unreachable', 422, {
      fields: [
        { path: 'body.departments', message: 'market has no seat on the committee' },
        { path: 'body.minimum', message: 'the committee has 1 seats' },
      ],
    })
    const page = await open()
    run('editPolicy')
    await flushPromises()
    await page.find('input[value=market]').setValue(true)
    await page.find('form').trigger('submit')
    await flushPromises()
    const faults = page.findAll('.field-fault').map(one => one.text())
    expect(faults[0]).toBe(
      '必须通过的部门：市场营销在委员会没有席位，永远通过不了。先给它安排席位，或不选它。',
    )
    expect(faults[1]).toBe('至少几票：委员会一共 1 人，凑不够这么多票。')
    const minimum = page.findAll('input[aria-invalid=true]').at(-1)
    expect(minimum?.attributes('aria-describedby')).toBe(page.findAll('.field-fault')[1]?.attributes('id'))
    expect(page.find('input[value=market]').attributes('aria-invalid')).toBe('true')
    expect(page.find('[role=alert]').text()).toContain('永远达不到')
    page.unmount()
  })

  it('name each field by its own name, also one out of bounds or without a place, in both languages', async () => {
    refuse = problem('request.invalid', 400, {
      fields: [
        { path: 'body.verifyDays', message: 'must be <= 3650' },
        { path: 'body.keepApprovals', message: 'must be boolean' },
        { path: 'body.category', message: 'must be equal to one of the allowed values' },
      ],
    })
    const page = await open()
    const words = async () => {
      run('editPolicy')
      await flushPromises()
      await page.find('form').trigger('submit')
      await flushPromises()
      return page.findAll('.field-fault').map(one => one.text())
    }
    expect(await words()).toEqual([
      '多久复核：请填 1 到 3650 的整数。',
      '沿用通过：填的内容不被接受。',
      '业务类别：填的内容不被接受。',
    ])
    i18n.global.locale.value = 'en'
    expect((await words())[0]).toMatch(/: a whole number from 1 to 3650\.$/u)
    i18n.global.locale.value = 'zh-CN'
    page.unmount()
  })

  it('says who has left since the page was opened', async () => {
    const page = await open()
    run('editPolicy')
    await flushPromises()
    await page.find('input[value=safety]').setValue(true)
    seats = []
    refuse = problem('policy.unreachable', 422, {
      fields: [{ path: 'body.departments', message: 'safety has no seat on the committee' }],
    })
    await page.find('form').trigger('submit')
    await flushPromises()
    expect(page.find('.field-fault').text()).toContain('没有席位')
    page.unmount()
  })

  it('can be set for one category, beginning with what holds for its kind', async () => {
    const page = await open()
    run('addPolicy')
    await flushPromises()
    expect(edited.value).toMatchObject({ isNew: true, policy: { kind: 'answer', category: '供电可靠' } })
    const [, categories] = page.findAll('select')
    expect(categories?.findAll('option').map(one => one.element.value)).not.toContain('供电安全')
    page.unmount()
  })

  it('are for reading to everyone but the chair', async () => {
    role = 'supervisor'
    const page = await open()
    expect(page.text()).toContain('只有评审组长可以改')
    expect(page.find('tbody button').attributes('disabled')).toBeDefined()
    expect(policyCommands.find(one => one.id === 'editPolicy')?.when()).toBe(false)
    page.unmount()
  })

  it('share no key with the page', () => {
    const undo = [register(pageCommands), register(policyCommands)]
    expect(commands.value.length).toBe(pageCommands.length + policyCommands.length)
    undo.forEach(stop => stop())
  })
})
