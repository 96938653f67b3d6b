import type { NotificationEvent } from '#server/contract/lists.ts'
import type { NotificationView } from '#server/contract/notification.ts'

/** The server's events as a test sends them: `answer` is what the stub gives to GET /api/events. */
export function eventStream(): { answer: () => Response; send: (one: object) => Promise<void> } {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  const bytes = new TextEncoder()
  return {
    answer: () => new Response(readable, { headers: { 'content-type': 'text/event-stream' } }),
    send: async one => {
      await writer.write(bytes.encode(`data: ${JSON.stringify(one)}\n\n`))
      await new Promise(resolve => setTimeout(resolve))
    },
  }
}

/** A notification; an unread one of a review unless `more` says otherwise. */
export const told = (id: number, more: Partial<NotificationView> = {}): NotificationView => ({
  id,
  event: 'review.opened' satisfies NotificationEvent,
  subject: `review:${id}`,
  title: `电费怎么算？ ${id}`,
  at: '2026-11-22T02:00:00.000Z',
  read: false,
  ...more,
})
