import { flushPromises, type DOMWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { lookOnce, maySend } from '../../../web/scripts/submission.ts'
import { script } from '../../../web/scripts/writing.ts'
import { build, type Built } from './builder-page.ts'
import { revisionOf, TEXT } from './sample.ts'

const WORDINGS = ['停电药要坏了', '冰箱没电', '胰岛素怎么放', '药会坏吗', '药要冷藏', '整栋楼没电']

let it1: Built
const dialog = () => it1.page.find('.script-submit')
const box = (label: string): DOMWrapper<HTMLElement> =>
  dialog()
    .findAll('.head-needs label')
    .find(one => one.text().startsWith(label))!
    .find('input, textarea')
const sent = () => it1.asked.some(one => one.url.pathname.endsWith('/submission'))

async function begin(more: Parameters<typeof revisionOf>[1], scenario = TEXT.scenario): Promise<void> {
  const revision = revisionOf({ ...TEXT, scenario }, more)
  it1 = await build({ revision }, { 'POST /api/revisions/40/submission': () => ({}) })
  await it1.checked()
  await it1.run('submit')
}

beforeEach(() => localStorage.clear())
afterEach(() => {
  lookOnce.value = false
  it1.page.unmount()
})

it('a missing scenario is asked for before the script is handed over, and filled in where it is asked', async () => {
  await begin({ similarQuestions: WORDINGS, topic: ' ' }, '')
  expect(it1.page.find('dialog h2').text()).toBe('还不能提交')
  expect(dialog().findAll('.head-needs label')).toHaveLength(2)
  await it1.run('submit')
  expect(sent()).toBe(false)
  await box('主题').setValue('故障停电')
  expect(maySend.value).toBe(false)
  await box('场景').setValue('整栋楼没电，家里有要冷藏的药。')
  expect(box('场景').exists()).toBe(true)
  await it1.run('submit')
  const put = it1.asked.findLast(one => one.method === 'PUT')
  expect(put?.body).toMatchObject({ scenario: '整栋楼没电，家里有要冷藏的药。', topic: '故障停电' })
  expect(sent()).toBe(true)
})

it('the first that is missing has the focus, not the button that does nothing yet', async () => {
  await begin({ similarQuestions: WORDINGS }, '')
  expect(dialog().findAll('[autofocus]')[0]?.element).toBe(box('场景').element)
  expect(dialog().find('.ways .main').attributes('disabled')).toBeDefined()
})

it('too few wordings are told with their number, taken in the dialog, and keep nothing back', async () => {
  await begin({ similarQuestions: WORDINGS.slice(0, 2) })
  expect(dialog().find('.head-needs').text()).toContain('现在有 2 种，写够 6 种')
  expect(maySend.value).toBe(true)
  await box('相似问法').setValue(WORDINGS.join('\n'))
  expect(script.value?.similarQuestions).toEqual(WORDINGS)
  expect(dialog().find('.head-needs').text()).not.toContain('写够')
  await it1.run('submit')
  await flushPromises()
  expect(sent()).toBe(true)
})

it('nothing is asked where nothing is missing', async () => {
  await begin({ similarQuestions: WORDINGS })
  expect(dialog().find('.head-needs').exists()).toBe(false)
  expect(it1.page.find('dialog h2').text()).toBe('提交前再看一眼')
})

it('what is missing is asked for while the checks do not answer, too', async () => {
  const revision = revisionOf({ ...TEXT, scenario: '' })
  it1 = await build({ revision }, { 'POST /api/scripts/check': () => Promise.reject(new TypeError('away')) })
  await it1.run('submit')
  expect(it1.page.find('dialog h2').text()).toBe('还不能提交')
  await it1.run('submit')
  expect(sent()).toBe(false)
})
