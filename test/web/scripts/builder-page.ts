import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import type { Finding } from '#server/contract/script-views.ts'
import type { RevisionView } from '#server/contract/writing.ts'
import { me } from '../../../web/api/index.ts'
import { i18n } from '../../../web/app/i18n.ts'
import { builderCommands } from '../../../web/scripts/builder-commands.ts'
import { check } from '../../../web/scripts/findings.ts'
import { script } from '../../../web/scripts/writing.ts'
import BuilderPage from '../../../web/scripts/BuilderPage.vue'
import { commandIn } from '../../../web/ui/commands.ts'
import { problem, stubServer, type Answer, type Asked } from '../server-stub.ts'
import { METHOD, revisionOf } from './sample.ts'

/** The builder with one draft, on a server whose checks find `found` and whose draft is `revision`. */
export interface Built {
  page: VueWrapper
  asked: Asked[]
  server: { revision: RevisionView; found: Finding[]; stale: boolean }
  /** The words of the line that has the focus, and its control. */
  area: () => HTMLTextAreaElement
  press: (key: string, more?: KeyboardEventInit) => Promise<void>
  type: (words: string) => Promise<void>
  run: (id: string, event?: Partial<KeyboardEvent>) => Promise<void>
  checked: () => Promise<void>
}

export async function build(
  given: Partial<Built['server']> = {},
  more: Record<string, Answer> = {},
): Promise<Built> {
  const server = { revision: revisionOf(), found: [] as Finding[], stale: false, ...given }
  me.value = { id: 1, name: '陈曦', department: 'service', roles: ['expert'] } as unknown as NonNullable<
    typeof me.value
  >
  const { asked } = stubServer({
    'GET /api/revisions/40': () => server.revision,
    'PUT /api/revisions/40': () => (server.stale ? problem('revision.stale', 412) : { version: 2 }),
    'GET /api/method': () => METHOD,
    'POST /api/scripts/check': () => ({
      findings: server.found,
      quotes: [],
      readSeconds: [{ step: 1, seconds: 9 }],
    }),
    ...more,
  })
  const page = mount(BuilderPage, { props: { id: 40 }, global: { plugins: [i18n] }, attachTo: document.body })
  await flushPromises()
  await flushPromises()
  return { page, asked, server, area, press, type, run, checked }
}

const area = () => document.activeElement as HTMLTextAreaElement

async function press(key: string, init: KeyboardEventInit = {}): Promise<void> {
  area().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }))
  await flushPromises()
}

async function type(words: string): Promise<void> {
  const at = area()
  at.setRangeText(words, at.selectionStart, at.selectionEnd, 'end')
  at.dispatchEvent(new Event('input', { bubbles: true }))
  await flushPromises()
}

async function run(id: string, event: Partial<KeyboardEvent> = {}): Promise<void> {
  const command = commandIn(builderCommands, id)
  if (command.when()) await command.run(event as KeyboardEvent)
  await flushPromises()
}

async function checked(): Promise<void> {
  await check(script.value!)
  await flushPromises()
}
