import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SetAsideView } from '#server/contract/engine.ts'
import { toasts } from '../../../web/ui/toasts.ts'
import { problem, type Asked } from '../server-stub.ts'
import { SINCE, done, later, openSystem, serving, type Told } from './page.ts'

const aside = (id: number, more: Partial<SetAsideView> = {}): SetAsideView => ({
  id,
  subject: `entry:${id}`,
  kind: 'answer',
  title: `第${id}个问题怎么办？`,
  since: SINCE,
  code: 'invalid_document_id',
  ...more,
})
const press = async (key: string) => {
  const target = document.activeElement ?? document.body
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  await flushPromises()
}
const attempts = () => asked.filter(one => one.method === 'POST').map(one => one.url.pathname)
const focused = () => document.activeElement?.textContent.trim()

let told: Told
let page: VueWrapper
let asked: Asked[]
let close: () => void
const open = async () => ({ page, asked, close } = await openSystem(told))

beforeEach(() => {
  told = { remote: serving(), documents: [], attempt: done }
})
afterEach(() => close())

describe('documents set aside', () => {
  it('lead to what agents read, with kind, number, time and what was said against them', async () => {
    told.documents = [
      aside(1),
      aside(2, { subject: 'notice:9', kind: 'notice', title: '东城区停电', code: null }),
    ]
    await open()
    const cells = page.findAll('tbody tr').map(row => row.findAll('th, td').map(cell => cell.text()))
    expect(cells).toEqual([
      ['第1个问题怎么办？', '标准答案', '1', '10:03', 'invalid_document_id', '再试一次'],
      ['东城区停电', '电网通知', '9', '10:03', '没有给', '再试一次'],
    ])
    const links = page.findAll('tbody a').map(one => one.attributes('href'))
    expect(links).toEqual(['/desk?entry=1', '/desk?notice=9'])
  })

  it('that are not in force any more are no links', async () => {
    told.documents = [aside(1, { title: null, kind: null })]
    await open()
    expect(page.find('tbody a').exists()).toBe(false)
    expect(page.get('tbody th').text()).toBe('已不在生效')
  })

  it('are walked through and sent again by key; the focus stays in the list', async () => {
    told.documents = [aside(1), aside(2), aside(3)]
    await open()
    await press('ArrowDown')
    await press('ArrowDown')
    expect(focused()).toBe('第2个问题怎么办？')
    told.attempt = () => {
      told.documents = [aside(1), aside(3)]
      return done()
    }
    await press('t')
    expect(attempts()).toEqual(['/api/engine/set-aside/2/attempts'])
    expect(toasts.value.at(-1)?.key).toBe('system.sentAgain')
    expect(focused()).toBe('第3个问题怎么办？')
    await press('ArrowUp')
    expect(focused()).toBe('第1个问题怎么办？')
  })

  it('are sent again by button, which says of what', async () => {
    told.documents = [aside(1)]
    await open()
    const button = page.get('tbody button')
    expect(button.attributes('aria-label')).toBe('再试一次：第1个问题怎么办？')
    told.attempt = () => {
      told.documents = []
      return done()
    }
    await button.trigger('click')
    await flushPromises()
    expect(attempts()).toEqual(['/api/engine/set-aside/1/attempts'])
    expect(page.get('.none').text()).toBe('没有搁置的内容。')
  })

  it('that were taken meanwhile are said to be, and the list is read anew', async () => {
    told.documents = [aside(1)]
    await open()
    told.attempt = () => {
      told.documents = []
      return problem('engine.document_not_found', 404)
    }
    await page.get('tbody button').trigger('click')
    await flushPromises()
    expect(toasts.value.at(-1)?.key).toBe('code.engine.document_not_found')
    expect(page.find('tbody').exists()).toBe(false)
  })

  it('come twenty at a time, and a page that emptied gives way to the one before', async () => {
    told.documents = Array.from({ length: 23 }, (_, index) => aside(index + 1))
    await open()
    expect(page.findAll('tbody tr')).toHaveLength(20)
    const [earlier, later20] = page.findAll('.pages button')
    expect(earlier?.attributes('disabled')).toBeDefined()
    await later20!.trigger('click')
    await flushPromises()
    expect(page.get('.pages span').text()).toBe('第 21–23 条，共 23 条')
    told.documents = told.documents.slice(0, 20)
    await later(3_000)
    expect(page.findAll('tbody tr')).toHaveLength(20)
    expect(page.find('.pages').exists()).toBe(false)
  })
})
