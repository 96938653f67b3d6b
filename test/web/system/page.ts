import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { vi } from 'vitest'
import type { EngineView, SetAsideView } from '#server/contract/engine.ts'
import { i18n } from '../../../web/app/i18n.ts'
import System from '../../../web/system/System.vue'
import { systemCommands } from '../../../web/system/commands.ts'
import { engine, offset } from '../../../web/system/system.ts'
import { register } from '../../../web/ui/commands.ts'
import { listenForKeys } from '../../../web/ui/hotkeys.ts'
import { now } from '../../../web/ui/now.ts'
import { toasts } from '../../../web/ui/toasts.ts'
import { stubServer, type Asked } from '../server-stub.ts'

/** Eighteen minutes before it is now. */
export const SINCE = '2026-11-22T02:03:00.000Z'
const NOW = Date.parse('2026-11-22T02:21:00.000Z')
const QUIET = { fault: null, code: null, build: null, waiting: 0, setAside: 0, stale: 0, since: SINCE }
const ATTEMPTS = [1, 2, 3].map(id => `POST /api/engine/set-aside/${id}/attempts`)

/** What the server would say now; tests change it. */
export interface Told {
  remote: EngineView['remote']
  documents: SetAsideView[]
  /** What comes of sending a document again. */
  attempt: () => Response
}

export interface SystemPage {
  page: VueWrapper
  asked: Asked[]
  close: () => void
}

/** Nothing is wrong, unless `more` says so. */
export const serving = (more: Partial<NonNullable<EngineView['remote']>> = {}): Told['remote'] => ({
  state: 'serving',
  ...QUIET,
  ...more,
})

export const done = (): Response => new Response(null, { status: 204 })

/** The screen over a server that says what `told` says, its commands listened for, with timers that are told to run. */
export async function openSystem(told: Told): Promise<SystemPage> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  now.value = NOW
  const { asked } = stubServer({
    'GET /api/engine': () => {
      const name = told.remote ? 'meilisearch' : 'embedded'
      return { name, documents: 312, remote: told.remote }
    },
    'GET /api/engine/set-aside': ({ searchParams: query }) => {
      const from = Number(query.get('offset'))
      const documents = told.documents.slice(from, from + Number(query.get('limit')))
      return { total: told.documents.length, documents }
    },
    ...Object.fromEntries(ATTEMPTS.map(route => [route, () => told.attempt()])),
  })
  const undo = [register(systemCommands), listenForKeys(() => systemCommands)]
  const page = mount(System, { global: { plugins: [i18n] }, attachTo: document.body })
  await flushPromises()
  return { page, asked, close: () => close(page, undo) }
}

function close(page: VueWrapper, undo: readonly (() => void)[]): void {
  page.unmount()
  undo.forEach(stop => stop())
  engine.value = undefined
  offset.value = 0
  toasts.value = []
  i18n.global.locale.value = 'zh-CN'
  vi.useRealTimers()
  vi.unstubAllGlobals()
}

/** Lets so many ms pass. */
export async function later(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms)
  await flushPromises()
}
