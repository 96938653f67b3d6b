import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { vi } from 'vitest'
import type { PracticeView } from '#server/contract/script-use.ts'
import { i18n } from '../../../web/app/i18n.ts'
import { noteReached } from '../../../web/api/connection.ts'
import { me } from '../../../web/api/index.ts'
import Practice from '../../../web/practice/Practice.vue'
import { noteWords } from '../../../web/practice/acts.ts'
import { openId } from '../../../web/practice/place.ts'
import { planOf } from '../../../web/practice/plan.ts'
import { chosenId, practices, scripts, unsentPractices } from '../../../web/practice/practices.ts'
import { isOver, leaveRun, run, turn } from '../../../web/practice/run.ts'
import { commands } from '../../../web/ui/commands.ts'
import { listenForKeys } from '../../../web/ui/hotkeys.ts'
import { PERSON } from '../answer-page.ts'
import { STEPS, press, scriptOf } from '../desk/following-page.ts'
import { stubServer, type Answer, type Asked } from '../server-stub.ts'

export const SAVE = 'POST /api/practices'
export const kept = (more: Partial<PracticeView> = {}): PracticeView => ({
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

export let page: VueWrapper
export let server: Record<string, Answer>
export let asked: Asked[]
let stop: () => void
/** Bodies of the runs that were sent, in order. */
export const saved = () =>
  asked.filter(one => `${one.method} ${one.url.pathname}` === SAVE).map(one => one.body)

/** The screen at its list, with one script and one run that was kept. */
export async function openPractice(roles = ['agent']): Promise<void> {
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

export const broken = () => {
  throw new TypeError('no connection')
}

/** A seed with which the customer first says what branch `index` is for. */
export function seedWhere(index: number): number {
  for (let seed = 1; seed < 200; seed += 1) {
    const fork = planOf(STEPS, seed).turns.find(one => one.kind === 'fork')
    if (fork?.kind === 'fork' && fork.right === index) return seed
  }
  throw new Error('no such seed')
}

/** Goes to the end of a run, choosing the first way at each fork. */
export async function toEnd(): Promise<void> {
  for (let beat = 0; beat < 99 && !isOver.value; beat += 1)
    await press(turn.value?.kind === 'fork' && run.value?.choices[run.value.at] === undefined ? '1' : ' ')
}

export function closePractice(): void {
  stop()
  page.unmount()
  leaveRun()
  vi.unstubAllGlobals()
}
