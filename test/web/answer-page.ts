import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { vi } from 'vitest'
import { i18n } from '../../web/app/i18n.ts'
import { me } from '../../web/api/index.ts'
import { noteReached } from '../../web/api/connection.ts'
import AnswerPane from '../../web/desk/AnswerPane.vue'
import { clearAnswer, shown } from '../../web/desk/answer.ts'
import { current } from '../../web/desk/call.ts'
import { deskCommand } from '../../web/desk/commands.ts'
import { waiting } from '../../web/desk/reports.ts'
import { toasts } from '../../web/ui/toasts.ts'
import { stubServer, type Answer, type Asked } from './server-stub.ts'

/** An entry in force with three paragraphs. */
export const entry = (id: number, more: object = {}) => ({
  id,
  kind: 'answer',
  category: '供电可靠',
  topic: '家电损坏赔偿',
  title: '家电烧坏了怎么赔',
  scope: {},
  labels: [],
  say: '请先别修。',
  bodyHtml: '<h2>怎么算</h2><p>能修的，修。</p><p>修不了的，七天内登记。</p>',
  similarQuestions: [],
  basis: [],
  related: [],
  approvedBy: [],
  owner: 'market',
  revision: 1,
  favourite: false,
  validFrom: null,
  validUntil: null,
  verifyBy: null,
  verifiedAt: '2026-11-22T02:00:00.000Z',
  publishedAt: '2026-11-22T02:00:00.000Z',
  ...more,
})
export const PERSON = { id: 7, name: '林晓', workNo: '10001', roles: ['agent'], department: 'service' }
export const ROUTE = 'POST /api/entries/1/feedback'

export interface AnswerPage {
  page: VueWrapper
  server: Record<string, Answer>
  /** The requests with which reports were sent, the oldest first. */
  reports: () => Asked[]
  last: () => unknown
  panel: () => ReturnType<VueWrapper['find']>
  close: () => void
}

/** The answer pane with entry 1 in an open call, the focus elsewhere; `server` answers and may be changed. */
export function openAnswer(): AnswerPage {
  localStorage.clear()
  sessionStorage.clear()
  noteReached()
  me.value = PERSON as unknown as typeof me.value
  waiting.value = []
  toasts.value = []
  current.value = { id: 5, endedAt: null } as unknown as typeof current.value
  const server = { [ROUTE]: () => ({ taskId: 3 }), 'GET /api/session': () => ({ person: PERSON }) }
  const { asked } = stubServer(server)
  document.body.innerHTML = '<input id="before">'
  const page = mount(AnswerPane, { global: { plugins: [i18n] }, attachTo: document.body })
  show(1)
  document.getElementById('before')?.focus()
  const reports = () => asked.filter(one => `${one.method} ${one.url.pathname}` === ROUTE)
  const close = () => {
    page.unmount()
    clearAnswer()
    current.value = null
    vi.useRealTimers()
    vi.unstubAllGlobals()
  }
  return {
    page,
    server,
    reports,
    last: () => reports().at(-1)?.body,
    panel: () => page.find('.feedback'),
    close,
  }
}

export const show = (id: number): void =>
  void (shown.value = {
    kind: 'entry',
    id,
    brief: entry(id),
    entry: entry(id),
  } as unknown as typeof shown.value)

export const said = (): string | undefined => toasts.value.at(-1)?.key

/** Presses a key where the focus is. */
export async function press(key: string): Promise<void> {
  document.activeElement?.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
  )
  await flushPromises()
}

/** Opens the panel. */
export async function begin(): Promise<void> {
  await deskCommand('feedback').run()
  await flushPromises()
}
