import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { vi } from 'vitest'
import { i18n } from '../../web/app/i18n.ts'
import { me } from '../../web/api/index.ts'
import { noteReached } from '../../web/api/connection.ts'
import { clearAnswer } from '../../web/desk/answer.ts'
import { current } from '../../web/desk/call.ts'
import { deskCommand } from '../../web/desk/commands.ts'
import { clearForm } from '../../web/desk/question-form.ts'
import { questionNews } from '../../web/desk/question-news.ts'
import { closeUnder, face } from '../../web/desk/raising.ts'
import { reply, text } from '../../web/desk/search.ts'
import UnderAnswer from '../../web/desk/UnderAnswer.vue'
import { unsavedWords, unsentQuestions } from '../../web/desk/unsent-questions.ts'
import { PERSON, entry } from './answer-page.ts'
import { stubServer, type Answer, type Asked } from './server-stub.ts'

export const RAISE = 'POST /api/questions'
export const LOOK = 'POST /api/question-outlooks'
export const ASKED = '光伏补贴怎么还没到'
const DUE = '2026-11-25T02:00:00.000Z'

/** What saving would come to. */
export const outlook = (more: object = {}) => ({
  category: '供电服务',
  department: 'market',
  urgency: 'normal',
  dueAt: DUE,
  safety: null,
  personal: [],
  masked: '',
  candidates: [
    { id: 31, text: '光伏补贴何时到账', count: 3, department: 'market', dueAt: DUE, likeness: 0.8 },
  ],
  entries: [{ id: 2, kind: 'answer', topic: '光伏', title: '光伏并网怎么办' }],
  ...more,
})
export const raised = {
  id: 40,
  mergedInto: null,
  candidates: [],
  routedTo: 'market',
  urgency: 'normal',
  dueAt: DUE,
}

export interface RaisingPage {
  page: VueWrapper
  /** What it answers by route; may be changed. */
  server: Record<string, Answer>
  asked: Asked[]
  /** The Idempotency-Key of each question that arrived. */
  keys: (string | null)[]
  /** The requests with which questions were sent, the oldest first. */
  sent: () => Asked[]
  body: () => unknown
  close: () => void
}

/** What stands under the answer, in an open call with an answered search, the focus elsewhere. */
export function openRaising(): RaisingPage {
  begin()
  const keys: (string | null)[] = []
  const server = serverWith(keys)
  const { asked } = stubServer(server)
  document.body.innerHTML = '<input id="before">'
  document.getElementById('before')?.focus()
  const page = mount(
    { components: { UnderAnswer }, setup: () => ({ face }), template: '<UnderAnswer v-if="face" />' },
    { global: { plugins: [i18n] }, attachTo: document.body },
  )
  const sent = () => asked.filter(one => one.url.pathname === '/api/questions' && one.method === 'POST')
  return { page, server, asked, keys, sent, body: () => sent().at(-1)?.body, close: () => end(page) }
}

function begin(): void {
  localStorage.clear()
  sessionStorage.clear()
  noteReached()
  me.value = PERSON as unknown as typeof me.value
  unsentQuestions.value = []
  unsavedWords.value = ''
  questionNews.value = []
  clearForm()
  current.value = { id: 5, endedAt: null, outcome: null } as unknown as typeof current.value
  text.value = ASKED
  const hits = [
    { id: 2, kind: 'answer' },
    { id: 3, kind: 'notice' },
  ]
  reply.value = { query: ASKED, hits } as unknown as typeof reply.value
}

const serverWith = (keys: (string | null)[]): Record<string, Answer> => ({
  [RAISE]: (_url, init) => {
    keys.push(new Headers(init.headers).get('idempotency-key'))
    return raised
  },
  [LOOK]: () => outlook(),
  'GET /api/session': () => ({ person: PERSON }),
  'GET /api/questions': () => ({ total: 0, questions: [] }),
  'GET /api/entries/2': () => entry(2),
  'GET /api/recent-entries': () => ({ entries: [] }),
  'GET /api/favourite-entries': () => ({ entries: [] }),
  'GET /api/calls/5': () => current.value,
})

function end(page: VueWrapper): void {
  closeUnder()
  page.unmount()
  clearAnswer()
  current.value = null
  reply.value = undefined
  text.value = ''
  vi.unstubAllGlobals()
}

/** Opens the panel. */
export async function beginQuestion(): Promise<void> {
  await deskCommand('question').run()
  await flushPromises()
}
