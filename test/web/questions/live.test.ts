import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { GATHERING } from '../../../web/questions/start.ts'
import { open, pause, serve } from './desk.ts'
import { summary, view } from './sample.ts'

afterEach(() => {
  document.body.innerHTML = ''
  localStorage.clear()
  vi.unstubAllGlobals()
})

it('a question that comes in, or is taken, shows without a key, and what is being typed stays', async () => {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  let list = [summary(1)]
  let shown = view(1)
  serve({
    'GET /api/events': () => new Response(readable),
    'GET /api/questions': () => ({ total: list.length, questions: list }),
    'GET /api/questions/1': () => shown,
  })
  const page = await open('/questions/1')
  const box = page.find<HTMLTextAreaElement>('#question-say')
  box.element.focus()
  await box.setValue('我先帮您登记')
  list = [summary(5, { urgency: 'safety' }), summary(1)]
  shown = view(1, { urgency: 'urgent' })
  const event = { event: 'question.routed', subject: 'question:5' }
  void writer.write(new TextEncoder().encode(`data: ${JSON.stringify(event)}\n\n`))
  await pause(GATHERING + 200)
  await flushPromises()
  expect(page.findAll('.question-row')).toHaveLength(2)
  expect(page.find('.question-row.chosen').text()).toContain(summary(1).text)
  expect(page.find('.question-reading .kicker').text()).toContain('紧急')
  expect(document.activeElement).toBe(box.element)
  expect(box.element.value).toBe('我先帮您登记')
  page.unmount()
})
