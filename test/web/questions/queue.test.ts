import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { placeAt } from '../../../web/questions/place.ts'
import * as queue from '../../../web/questions/queue.ts'
import { now } from '../../../web/ui/now.ts'
import { open, pause, run, serve } from './desk.ts'
import { HOUR, summary, view } from './sample.ts'

afterEach(async () => {
  queue.dropFilters()
  await flushPromises()
  document.body.innerHTML = ''
  localStorage.clear()
  sessionStorage.clear()
  vi.unstubAllGlobals()
})

describe('the list of questions', () => {
  it('asks for what is open, and shows the first question beside it', async () => {
    const { asked } = serve()
    const page = await open()
    expect(asked.find(one => one.url.pathname === '/api/questions')?.url.searchParams.get('state')).toBe(
      'open',
    )
    expect(page.findAll('.question-row')).toHaveLength(2)
    expect(page.find('.question-reading h2').text()).toBe(view(1).text)
    page.unmount()
  })

  it('marks what is late by the clock of the page, safety, how often it was asked and who has it', async () => {
    serve({
      'GET /api/questions': () => ({
        total: 1,
        questions: [
          summary(1, {
            urgency: 'safety',
            count: 5,
            state: 'taken',
            taker: { id: 8, name: '吴宁' },
            dueAt: new Date(now.value - HOUR).toISOString(),
          }),
        ],
      }),
    })
    const page = await open()
    const row = page.find('.question-row').text()
    expect(row).toContain('人身安全')
    expect(row).toContain('问过 5 次')
    expect(row).toContain('吴宁在办')
    expect(page.find('.question-row .overdue').exists()).toBe(true)
    expect(queue.overdueCount.value).toBe(1)
    page.unmount()
  })

  it('does not call late what waits for facts or for the committee', () => {
    const dueAt = new Date(now.value - HOUR).toISOString()
    for (const state of ['returned', 'in_review', 'published'] as const)
      expect(queue.isLate({ state, dueAt }, now.value), state).toBe(false)
  })

  it('is narrowed by its filters, which a reload keeps', async () => {
    const { asked } = serve()
    const page = await open()
    await page.find('#filter-category').setValue('供电服务')
    await run('filterMine')
    await flushPromises()
    const last = asked.filter(one => one.url.pathname === '/api/questions').at(-1)!.url.searchParams
    expect([last.get('category'), last.get('mine')]).toEqual(['供电服务', 'true'])
    expect(JSON.parse(sessionStorage.getItem('firstline.questions.filters')!)).toMatchObject({
      category: '供电服务',
      mine: true,
    })
    await run('dropFilters')
    expect(sessionStorage.getItem('firstline.questions.filters')).toBeNull()
    page.unmount()
  })

  it('says whether there is nothing, or nothing that fits', async () => {
    serve({ 'GET /api/questions': () => ({ total: 0, questions: [] }) })
    const page = await open()
    expect(page.find('.none').text()).toContain('没有等着回答的问题')
    await run('filterMine')
    await flushPromises()
    expect(page.find('.none').text()).toContain('没有符合筛选')
    page.unmount()
  })

  it('keeps what was read when the server cannot be reached, and says so', async () => {
    let isDown = false
    serve({
      'GET /api/questions': () => {
        if (isDown) throw new TypeError('no network')
        return { total: 1, questions: [summary(1)] }
      },
    })
    const page = await open()
    isDown = true
    await queue.loadList()
    await flushPromises()
    expect(page.findAll('.question-row')).toHaveLength(1)
    expect(page.find('.question-list .failed').exists()).toBe(true)
    page.unmount()
  })

  it('shows the next question as the choice moves, and lets no key act before it is there', async () => {
    serve()
    const page = await open()
    await run('down')
    expect(await run('takeQuestion')).toBe(false)
    await pause()
    await flushPromises()
    expect(page.find('.question-reading h2').text()).toBe(view(2).text)
    await run('open')
    expect(location.pathname).toBe('/questions/2')
    page.unmount()
  })

  it('reads on at its end', async () => {
    const all = Array.from({ length: 60 }, (_one, index) => summary(index + 1))
    serve({
      'GET /api/questions': url => {
        const offset = Number(url.searchParams.get('offset'))
        return { total: 60, questions: all.slice(offset, offset + Number(url.searchParams.get('limit'))) }
      },
    })
    const page = await open()
    expect(queue.questions.value).toHaveLength(50)
    queue.choose(49)
    await flushPromises()
    expect(queue.questions.value).toHaveLength(60)
    page.unmount()
  })
})

it('has an address for each question and one for who answers for what', () => {
  expect(placeAt('/questions/12')).toEqual({ page: 'questions', id: 12 })
  expect(placeAt('/questions/routing')).toEqual({ page: 'routing' })
  expect(placeAt('/questions')).toEqual({ page: 'questions', id: null })
})
