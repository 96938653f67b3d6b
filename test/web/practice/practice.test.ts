import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { noteReached } from '../../../web/api/connection.ts'
import { NOTE } from '../../../web/practice/commands.ts'
import { unsentPractices } from '../../../web/practice/practices.ts'
import { beginRun, run, turn } from '../../../web/practice/run.ts'
import { press, scriptOf } from '../desk/following-page.ts'
import {
  asked,
  broken,
  closePractice,
  openPractice,
  page,
  saved,
  seedWhere,
  server,
  toEnd,
} from './practice-page.ts'

afterEach(closePractice)

describe('practising a script by keyboard alone', () => {
  beforeEach(() => openPractice())

  it('shows the customer first, and the script only after one has said it oneself', async () => {
    await press('Enter')
    expect(page.find('.turn').text()).toContain('都黑了一个多钟头了！')
    await press(' ')
    expect(page.find('.turn').text()).toContain('轮到您说')
    expect(page.find('.turn').text()).not.toContain('听得出您很着急。')
    await press(' ')
    expect(page.find('.turn').text()).toContain('听得出您很着急。')
  })

  it('asks at a fork which way it goes, waits for it, and shows a wrong choice', async () => {
    await press('Enter')
    beginRun(scriptOf(), seedWhere(0))
    for (let beat = 0; beat < 9 && turn.value?.kind !== 'fork'; beat += 1) await press(' ')
    const at = run.value?.at
    await press(' ')
    expect(run.value?.at).toBe(at)
    await press('2')
    expect(page.find('.fork-ways .wrong').text()).toContain('照原来的往下走')
    expect(page.find('.fork-ways .right').text()).toContain('我不能随口给您一个钟点。')
    await press('1')
    expect(run.value?.choices[at!]).toBe(1)
    await press(' ')
    expect(run.value?.at).toBe(at! + 1)
  })

  it('ends with the ten principles, scored by what was kept, and saves them', async () => {
    await press('Enter')
    await toEnd()
    expect(page.findAll('.self-check li').length).toBe(10)
    for (const key of ['1', '2', '0', '2']) await press(key)
    expect(page.find('.self-check [role=status]').text()).toContain('2 分')
    await press('t')
    const note = document.getElementById(NOTE) as HTMLTextAreaElement
    note.value = '太快，手机 13900005678'
    note.dispatchEvent(new Event('input'))
    await press('3')
    expect(page.find('.self-check [role=status]').text()).toContain('2 分')
    await press('Enter', { ctrlKey: true })
    expect(saved()).toMatchObject([{ scriptId: 7, met: ['prompt', 'goodwill'] }])
    expect(JSON.stringify(saved())).not.toContain('13900005678')
    expect([location.pathname, run.value]).toEqual(['/practice', null])
  })

  it('ignores keys of an input method', async () => {
    await press('Enter')
    await press(' ', { isComposing: true })
    expect(run.value?.at).toBe(0)
  })

  it('is taken up after a reload, and after one looked at the list', async () => {
    await press('Enter')
    await press(' ')
    await press(' ')
    const before = { ...run.value }
    await press('Escape')
    expect(page.find('.practice-list').exists()).toBe(true)
    run.value = null
    await press('Enter')
    expect(run.value).toEqual(before)
  })
})

describe('a run that cannot be saved', () => {
  beforeEach(() => openPractice())

  it('stays on this computer and is sent once', async () => {
    await press('Enter')
    await toEnd()
    const connected = { ...server }
    for (const route of Object.keys(server)) server[route] = broken
    await press('Enter', { ctrlKey: true })
    expect(unsentPractices.value.length).toBe(1)
    expect(page.find('.waiting').text()).toContain('1 次演练留在本机')
    const tried = saved().length
    Object.assign(server, connected)
    noteReached()
    await flushPromises()
    expect([saved().length - tried, unsentPractices.value.length]).toEqual([1, 0])
  })
})

describe('runs that were kept', () => {
  it("are an agent's own, with scores", async () => {
    await openPractice()
    expect(asked.find(one => one.url.pathname === '/api/practices')?.url.searchParams.get('mine')).toBe(
      'true',
    )
    expect(page.find('.run-table').text()).toContain('1/10')
    expect(page.find('[role=option]').text()).toContain('最高 1 分')
    await press('a')
    expect(page.find('.run-table').text()).not.toContain('林晓')
  })

  it('are everyone’s for a supervisor, by A', async () => {
    await openPractice(['supervisor'])
    await press('a')
    await flushPromises()
    expect(asked.at(-1)?.url.searchParams.get('mine')).toBeNull()
    expect(page.find('.run-table').text()).toContain('林晓')
  })
})
