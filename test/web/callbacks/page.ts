import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { vi } from 'vitest'
import { i18n } from '../../../web/app/i18n.ts'
import { me } from '../../../web/api/index.ts'
import { noteReached } from '../../../web/api/connection.ts'
import Callbacks from '../../../web/callbacks/Callbacks.vue'
import { callbacks, chosenId, isAll, isRead, list } from '../../../web/callbacks/callbacks.ts'
import { callbackCommands } from '../../../web/callbacks/commands.ts'
import { register } from '../../../web/ui/commands.ts'
import { listenForKeys } from '../../../web/ui/hotkeys.ts'
import { toasts } from '../../../web/ui/toasts.ts'
import { PERSON } from '../answer-page.ts'
import { stubServer, type Answer, type Asked } from '../server-stub.ts'

/** A call-back as the server gives it. */
export const callback = (id: number, more: object = {}) => ({
  id,
  questionId: id + 100,
  question: '光伏补贴怎么还没到',
  state: 'due',
  last4: '8000',
  hasName: true,
  holder: { id: 7, name: '林晓', hasLeft: false },
  isMine: true,
  askedAt: '2026-11-20T02:00:00.000Z',
  readyAt: '2026-11-21T02:00:00.000Z',
  retryAt: null,
  entryId: 2,
  say: '补贴每月二十号前到账。',
  isLapsed: false,
  refusal: null,
  tries: [],
  triesLeft: 3,
  ...more,
})

export interface CallbackPage {
  page: VueWrapper
  /** What it answers by route; may be changed. */
  server: Record<string, Answer>
  asked: Asked[]
  /** The requests of a method to an address. */
  to: (method: string, path: string) => Asked[]
  close: () => void
}

/** The screen with these call-backs due, its commands listened for. */
export async function openCallbacks(
  shown: readonly object[],
  roles: readonly string[] = ['agent'],
): Promise<CallbackPage> {
  begin(roles)
  const server: Record<string, Answer> = {
    'GET /api/session': () => ({ person: { ...PERSON, roles } }),
    'GET /api/callbacks': () => ({ total: shown.length, callbacks: shown }),
    'GET /api/question-policy': () => ({ retryHours: 4 }),
    'GET /api/callbacks/1/number': () => ({ name: '王女士', phone: '13800138000' }),
  }
  const { asked } = stubServer(server)
  document.body.innerHTML = ''
  const undo = [register(callbackCommands), listenForKeys(() => callbackCommands)]
  const page = mount(Callbacks, { global: { plugins: [i18n] }, attachTo: document.body })
  await flushPromises()
  const to = (method: string, path: string) =>
    asked.filter(one => one.method === method && one.url.pathname === path)
  const close = () => {
    page.unmount()
    undo.forEach(stop => stop())
    vi.unstubAllGlobals()
  }
  return { page, server, asked, to, close }
}

function begin(roles: readonly string[]): void {
  sessionStorage.clear()
  noteReached()
  me.value = { ...PERSON, roles } as unknown as typeof me.value
  callbacks.value = []
  chosenId.value = undefined
  isRead.value = false
  isAll.value = false
  list.value = 'due'
  toasts.value = []
}
