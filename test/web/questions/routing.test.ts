import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Role } from '#server/contract/lists.ts'
import type { QuestionPolicy, Routing } from '#server/contract/routing.ts'
import { policyFaults } from '../../../web/questions/policy-faults.ts'
import { ApiProblem } from '../../../web/api/index.ts'
import { problem, type Answer } from '../server-stub.ts'
import { open, run, serve } from './desk.ts'

const MATRIX: Routing[] = [
  { category: '供电安全', lead: 'safety', supporting: ['service'] },
  { category: '供电服务', lead: 'market', supporting: [] },
]
const POLICY: QuestionPolicy = {
  answerHours: { safety: 2, urgent: 24, normal: 72 },
  exceptions: [{ category: '供电服务', urgency: 'normal', hours: 48 }],
  supervisorAfterHours: 24,
  callbackTries: 3,
  retryHours: 4,
  keepDays: 30,
  repeatDays: 7,
}

const start = async (role: Role, more: Record<string, Answer> = {}) => {
  const { asked } = serve({
    'GET /api/session': () => ({ person: { id: 9, name: '何敏', roles: [role] }, demo: true }),
    'GET /api/routing': () => ({ routings: MATRIX }),
    'GET /api/question-policy': () => POLICY,
    ...more,
  })
  return { asked, page: await open('/questions/routing') }
}

afterEach(async () => {
  await flushPromises()
  document.body.innerHTML = ''
  vi.unstubAllGlobals()
})

describe('the matrix 归口管理', () => {
  it('says of each category who leads and who supports', async () => {
    const { page } = await start('expert')
    const cells = page
      .findAll('.routing-matrix tbody tr')
      .map(row => row.findAll('td').map(cell => cell.text()))
    expect(cells).toEqual([
      ['无', '协办', '主办'],
      ['主办', '无', '无'],
    ])
    page.unmount()
  })

  it('is set by supervisor and chair by key; the lead does not support too', async () => {
    const { page, asked } = await start('chair', {
      'PUT /api/routing/%E4%BE%9B%E7%94%B5%E6%9C%8D%E5%8A%A1': () => ({ routings: MATRIX }),
    })
    await run('down')
    await run('editRoute')
    await page.find('dialog select').setValue('service')
    await page.find('dialog input[value=market]').setValue(true)
    await page.find('dialog form').trigger('submit')
    await flushPromises()
    expect(asked.find(one => one.method === 'PUT')?.body).toEqual({ lead: 'service', supporting: ['market'] })
    expect(await run('editQuestionPolicy')).toBe(false)
    page.unmount()
  })

  it('and what is promised are only read by others', async () => {
    const { page } = await start('reviewer')
    expect(await run('editRoute')).toBe(false)
    expect(await run('editQuestionPolicy')).toBe(false)
    expect(page.findAll('.read-only')).toHaveLength(2)
    expect(page.find('.promise-table').text()).toContain('72 小时')
    expect(page.find('.promise-table').text()).toContain('48 小时')
    page.unmount()
  })
})

describe('what is promised', () => {
  it('is set whole by the supervisor', async () => {
    const { page, asked } = await start('supervisor', { 'PUT /api/question-policy': () => POLICY })
    await run('editQuestionPolicy')
    await page.findAll('dialog input[type=number]')[0]!.setValue(1)
    await page.findAll('dialog .exceptions > .button').at(-1)!.trigger('click')
    await page.find('dialog form').trigger('submit')
    await flushPromises()
    expect(asked.find(one => one.method === 'PUT')?.body).toEqual({
      ...POLICY,
      answerHours: { safety: 1, urgent: 24, normal: 72 },
      exceptions: [...POLICY.exceptions, { category: '供电安全', urgency: 'normal', hours: 48 }],
    })
    expect(page.find('dialog').exists()).toBe(false)
    page.unmount()
  })

  it('that is refused says why at its field', async () => {
    const { page } = await start('supervisor', {
      'PUT /api/question-policy': () =>
        problem('request.invalid', 400, {
          fields: [
            { path: 'body.keepDays', message: 'must be <= 365' },
            { path: 'body.exceptions.0', message: 'is there already' },
          ],
        }),
    })
    await run('editQuestionPolicy')
    await page.find('dialog form').trigger('submit')
    await flushPromises()
    expect(page.findAll('dialog .field-fault').map(one => one.text())).toEqual([
      '号码保留：请填 1 到 365 的整数。',
      '单独规定第 1 行：这一类的这种紧急程度上面已经有了。',
    ])
    page.unmount()
  })

  it('names each refused field once, hours by urgency and rows of exceptions among them', () => {
    const error = new ApiProblem('request.invalid', 400, [
      { path: 'body.answerHours.safety', message: 'must be integer' },
      { path: 'body.answerHours.safety', message: 'must be >= 1' },
      { path: 'body.exceptions.3.hours', message: 'must be >= 1' },
      { path: 'body.other', message: 'must not be there' },
    ])
    expect(policyFaults(error).map(one => [one.field, one.key])).toEqual([
      ['answerHours.safety', 'promise.fault.number'],
      ['exceptions.3', 'promise.fault.number'],
      ['other', 'promise.fault.other'],
    ])
  })
})
