import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { vi } from 'vitest'
import type { CallView } from '#server/contract/call.ts'
import type { ScriptView } from '#server/contract/script-views.ts'
import type { ScriptStep } from '#server/contract/script.ts'
import { i18n } from '../../../web/app/i18n.ts'
import { me } from '../../../web/api/index.ts'
import { noteReached } from '../../../web/api/connection.ts'
import AnswerPane from '../../../web/desk/AnswerPane.vue'
import { clearAnswer, shown } from '../../../web/desk/answer.ts'
import { area, current } from '../../../web/desk/call.ts'
import { deskCommands } from '../../../web/desk/commands.ts'
import { leaveScript } from '../../../web/desk/following.ts'
import { PLACES, followPlace } from '../../../web/desk/places.ts'
import { reply } from '../../../web/desk/search.ts'
import { unsentSteps } from '../../../web/desk/script-steps.ts'
import { newerScript, shownScript } from '../../../web/desk/script-view.ts'
import { listenForKeys } from '../../../web/ui/hotkeys.ts'
import { now } from '../../../web/ui/now.ts'
import { PERSON, entry } from '../answer-page.ts'
import { stubServer, type Answer, type Asked } from '../server-stub.ts'

export const NOW = Date.parse('2026-11-22T08:00:00.000Z')
const SEND = 'POST /api/calls/5/script-steps'

const agent = (text: string, optional?: boolean) => ({
  speaker: 'agent' as const,
  text,
  ...(optional && { optional }),
})
const stepOf = (step: number, text: string): ScriptStep => ({
  step,
  fields: [],
  lines: [agent(text)],
  branches: [],
})

/** A script of nine steps: branches in the first, variables in the second, quotes in the third. */
export const STEPS: ScriptStep[] = [
  {
    step: 1,
    fields: [],
    lines: [
      { speaker: 'customer', text: '都黑了一个多钟头了！' },
      agent('听得出您很着急。'),
      agent('您先别急。', true),
    ],
    branches: [
      { ifSays: '那到底几点来电？', lines: [agent('我不能随口给您一个钟点。')], to: 5 },
      { ifSays: '算了，不用了', lines: [], to: 'end' },
      { ifSays: '电线断了', lines: [], to: 3 },
    ],
  },
  stepOf(2, '{客户.称呼}您好，您那里是{通知.线路}，户号{客户.户号}，我是{坐席.工号}。'),
  stepOf(3, '[[entry:outage@3]]线路上[[notice:active]]'),
  ...[4, 5, 6, 7, 8, 9].map(number => stepOf(number, `第${number}步的话。`)),
]

export const scriptOf = (more: Partial<ScriptView> = {}): ScriptView => ({
  id: 7,
  revisionId: 70,
  revision: 1,
  title: '整栋楼停电，冰箱里有药',
  category: '供电可靠',
  topic: '故障停电',
  similarQuestions: [],
  scope: {},
  labels: [],
  owner: 'service',
  publishedAt: '2026-11-20T02:00:00.000Z',
  validUntil: null,
  verifyBy: null,
  approvedBy: [],
  class: 'quality',
  scenario: '故障停电，家里有要冷藏的药。',
  channel: '电话',
  profile: {},
  reasons: [],
  steps: STEPS,
  readSeconds: [],
  quotes: [
    {
      ref: 'entry:outage@3',
      kind: 'entry',
      id: 12,
      title: '什么时候来电',
      say: '正在抢修。',
      pinned: 3,
      current: 3,
      state: 'current',
    },
  ],
  ...more,
})

export const callOf = (more: Partial<CallView> = {}): CallView => ({
  id: 5,
  startedAt: '2026-11-22T07:58:00.000Z',
  endedAt: null,
  callerLast4: null,
  accountLast4: null,
  area: '东城区',
  topic: null,
  outcome: null,
  searches: [],
  opened: [],
  copied: [],
  followed: [],
  ...more,
})

export interface FollowingPage {
  page: VueWrapper
  server: Record<string, Answer>
  asked: Asked[]
  /** Bodies of the steps that were sent, in order. */
  sent: () => unknown[]
  spoken: () => string
  close: () => void
}

/** The desk's answer pane beside a search box, with the script shown in an open call; keys mean what they mean on the desk. */
export async function openFollowing(): Promise<FollowingPage> {
  localStorage.clear()
  sessionStorage.clear()
  noteReached()
  me.value = PERSON as unknown as typeof me.value
  now.value = NOW
  unsentSteps.value = []
  newerScript.value = undefined
  current.value = callOf()
  area.value = '东城区'
  const server: Record<string, Answer> = {
    [SEND]: () => current.value,
    'GET /api/scripts/7': () => scriptOf(),
    'GET /api/entries/7': () => entry(7, { kind: 'script' }),
    'GET /api/calls/5': () => current.value,
    'GET /api/session': () => ({ person: PERSON }),
  }
  const { asked } = stubServer(server)
  document.body.innerHTML = `<input id="${PLACES.box}"><div id="${PLACES.list}" tabindex="0"></div>`
  const page = mount(AnswerPane, { global: { plugins: [i18n] }, attachTo: document.body })
  const stop = [followPlace(), listenForKeys(() => deskCommands)]
  const brief = entry(7, { kind: 'script', title: scriptOf().title, say: scriptOf().scenario })
  shown.value = { kind: 'entry', id: 7, brief, entry: brief } as unknown as typeof shown.value
  shownScript.value = scriptOf()
  await flushPromises()
  const sent = () => asked.filter(one => `${one.method} ${one.url.pathname}` === SEND).map(one => one.body)
  const close = () => {
    stop.forEach(undo => undo())
    page.unmount()
    leaveScript()
    clearAnswer()
    reply.value = undefined
    shownScript.value = null
    current.value = null
    area.value = ''
    vi.unstubAllGlobals()
  }
  return { page, server, asked, sent, spoken: () => page.find('.step-words').text(), close }
}

/** Presses a key where the focus is. */
export async function press(key: string, more: KeyboardEventInit = {}): Promise<void> {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
  ;(document.activeElement ?? document.body).dispatchEvent(event)
  await flushPromises()
}
