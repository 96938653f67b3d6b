import { flushPromises, mount } from '@vue/test-utils'
import { i18n } from '../../../web/app/i18n.ts'
import Questions from '../../../web/questions/Questions.vue'
import { commands } from '../../../web/ui/commands.ts'
import { stubServer, type Answer } from '../server-stub.ts'
import { summary, view } from './sample.ts'

/** A pause longer than a choice must stand before its question is read, and than a box waits for words. */
export const pause = (ms = 200): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

/** What the screen asks for; `more` answers otherwise. */
export function serve(more: Record<string, Answer> = {}) {
  return stubServer({
    'GET /api/session': () => ({ person: { id: 9, name: '陈曦', roles: ['expert'] }, demo: true }),
    'GET /api/departments': () => ({
      departments: [
        { slug: 'market', name: '市场营销', nameEn: 'Marketing' },
        { slug: 'service', name: '客户服务', nameEn: 'Customer service' },
        { slug: 'safety', name: '安全管理', nameEn: 'Safety' },
      ],
    }),
    'GET /api/questions': () => ({ total: 2, questions: [summary(1), summary(2)] }),
    'GET /api/questions/1': () => view(1),
    'GET /api/questions/2': () => view(2),
    ...more,
  })
}

/** Opens the screen at an address and waits until it shows what is there. */
export async function open(address = '/questions') {
  history.replaceState(null, '', address)
  const page = mount(Questions, { global: { plugins: [i18n] }, attachTo: document.body })
  await flushPromises()
  await pause()
  await flushPromises()
  return page
}

/** Runs a command of the page by its id, if it can be done now; says whether it could. */
export async function run(id: string, key = ''): Promise<boolean> {
  const found = commands.value.find(one => one.id === id)
  if (!found?.when()) return false
  await found.run(new KeyboardEvent('keydown', { key }))
  await flushPromises()
  return true
}
