import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PracticeView } from '#server/contract/script-use.ts'
import { i18n } from '../../../web/app/i18n.ts'
import { noteReached } from '../../../web/api/connection.ts'
import { me } from '../../../web/api/index.ts'
import Practice from '../../../web/practice/Practice.vue'
import { noteWords } from '../../../web/practice/acts.ts'
import { NOTE } from '../../../web/practice/commands.ts'
import { openId } from '../../../web/practice/place.ts'
import { planOf } from '../../../web/practice/plan.ts'
import { chosenId, practices, scripts, unsentPractices } from '../../../web/practice/practices.ts'
import { beginRun, isOver, leaveRun, run, turn } from '../../../web/practice/run.ts'
import { commands } from '../../../web/ui/commands.ts'
import { listenForKeys } from '../../../web/ui/hotkeys.ts'
import { PERSON } from '../answer-page.ts'
import { STEPS, press, scriptOf } from '../desk/following-page.ts'
import { stubServer, type Answer, type Asked } from '../server-stub.ts'

const SAVE = 'POST /api/practices'
const kept = (more: Partial<PracticeView> = {}): PracticeView => ({
  id: 1,
  scriptId: 7,
  title: '整栋楼停电',
  revision: 1,
  person: '林晓',
  seconds: 95,
  path: [{ step: 1 }],
  met: ['prompt'],
  score: 1,
  note: null,
  at: '2026-11-21T02:00:00.000Z',
  ...more,
})
const hit = {
  id: 7,
  kind: 'script',
  title: '整栋楼停电',
  say: '家里有药。',
  topic: '故障停电',
  labels: [],
  scope: {},
}

let page: VueWrapper
let server: Record<string, Answer>
let asked: Asked[]
let stop: () => void
const saved = () => asked.filter(one => `${one.method} ${one.url.pathname}` === SAVE).map(one => one.body)

async function openPractice(roles = ['agent']): Promise<void> {
  localStorage.clear()
  sessionStorage.clear()
  noteReached()
  history.replaceState(null, '', '/practice')
  openId.value = undefined
  const person = { ...PERSON, roles }
  me.value = person as unknown as typeof me.value
  unsentPractices.value = []
  practices.value = []
  scripts.value = []
  chosenId.value = undefined
  noteWords.value = ''
  server = {
    'GET /api/session': () => ({ person }),
    'GET /api/search': () => ({ hits: [hit], total: 1, notices: [], facets: { kind: {}, category: {} } }),
    'GET /api/practices': () => ({ total: 1, practices: [kept()] }),
    'GET /api/scripts/7': () => scriptOf(),
    [SAVE]: () => kept({ id: 2 }),
  }
  ;({ asked } = stubServer(server))
  page = mount(Practice, { global: { plugins: [i18n] }, attachTo: document.body })
  stop = listenForKeys(() => commands.value)
  await flushPromises()
}

/** A seed with which the customer first says what branch `index` is for. */
function seedWhere(index: number): number {
  for (let seed = 1; seed < 200; seed += 1) {
    const fork = planOf(STEPS, seed).turns.find(one => one.kind === 'fork')
    if (fork?.kind === 'fork' && fork.right === index) return seed
  }
  throw new Error('no such seed')
}

/** Goes to the end of a run, choosing the first way at each fork. */
async function toEnd(): Promise<void> {
  for (let beat = 0; beat < 99 && !isOver.value; beat += 1)
    await press(turn.value?.kind === 'fork' && run.value?.choices[run.value.at] === undefined ? '1' : ' ')
}

afterEach(() => {
  stop()
  page.unmount()
  leaveRun()
  vi.unstubAllGlobals()
})

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
    expect(page.find('.ways .wrong').text()).toContain('照原来的往下走')
    expect(page.find('.ways .right').text()).toContain('我不能随口给您一个钟点。')
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
    server[SAVE] = () => {
      throw new TypeError('no connection')
    }
    await press('Enter', { ctrlKey: true })
    expect(unsentPractices.value.length).toBe(1)
    expect(page.find('.waiting').text()).toContain('1 次演练留在本机')
    const tried = saved().length
    server[SAVE] = () => kept({ id: 2 })
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
