import { connect, type Socket } from 'node:net'
import type { TestApp } from '../support/app.ts'

interface Event {
  id: string
  event: string
  data: { id: number; event: string; subject: string; title: string | null }
}

/** A page that listens, over a socket of its own. */
export interface Listener {
  status: Promise<number>
  headers: () => string
  /** Waits until so many notifications have come and gives all of them. */
  events: (count: number) => Promise<Event[]>
  /** The subjects of the changes that were told of so far. */
  changes: () => string[]
  /** Waits for a text in what came. */
  text: (wanted: string) => Promise<void>
  /** Resolves when the service has ended the connection. */
  closed: Promise<void>
  leave: () => void
}

/** Connects to GET /api/events of a service that listens; `lastEventId` is what a browser sends when it comes back. */
export function listen(t: TestApp, cookie: string, lastEventId?: string): Listener {
  const address = t.app.server.address()
  if (address === null || typeof address === 'string') throw new Error('the service does not listen')
  const socket = connect(address.port, '127.0.0.1')
  const again = lastEventId === undefined ? '' : `last-event-id: ${lastEventId}\r\n`
  socket.write(`GET /api/events HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: ${cookie}\r\n${again}\r\n`)
  let came = ''
  socket.setEncoding('utf8')
  socket.on('data', (part: string) => (came += part))
  const until = (holds: () => boolean) => waitFor(socket, holds)
  return {
    status: until(() => came.includes('\r\n')).then(() => Number(came.split(' ')[1])),
    headers: () => came.split('\r\n\r\n')[0] ?? '',
    events: async count => {
      await until(() => notificationsIn(came).length >= count)
      return notificationsIn(came)
    },
    changes: () => eventsIn(came).flatMap(one => (one.id === '' ? one.data.subject : [])),
    text: wanted => until(() => came.includes(wanted)),
    closed: new Promise(resolve => {
      socket.once('close', () => resolve())
    }),
    leave: () => socket.destroy(),
  }
}

function waitFor(socket: Socket, holds: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (holds()) resolve()
    }
    socket.on('data', look)
    socket.once('close', () => reject(new Error('the connection was closed')))
    look()
  })
}

const notificationsIn = (came: string): Event[] => eventsIn(came).filter(one => one.id !== '')

function eventsIn(came: string): Event[] {
  const body = came.slice(came.indexOf('\r\n\r\n')).replaceAll(/\r\n[0-9a-f]+\r\n/gu, '')
  return body.split('\n\n').flatMap(block => {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'mu').exec(block)?.[1] ?? ''
    return field('data')
      ? [{ id: field('id'), event: field('event'), data: JSON.parse(field('data')) as Event['data'] }]
      : []
  })
}
