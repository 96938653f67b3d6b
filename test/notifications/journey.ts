import type { Client } from '../support/app.ts'
import { NOW } from '../support/app.ts'

export { approve, DRAFT, submit } from '../support/committee.ts'

interface Told {
  event: string
  subject: string
  title: string | null
  read: boolean
  id: number
}

/** What a client is told, the latest first. */
export const toldTo = async (client: Client): Promise<Told[]> =>
  (await client.get('/api/notifications?limit=100')).json<{ notifications: Told[] }>().notifications

export const NOTICE = {
  kind: 'fault',
  areas: ['东城区'],
  startsAt: new Date(NOW - 3_600_000).toISOString(),
  endsAt: new Date(NOW + 7_200_000).toISOString(),
  estimate: new Date(NOW + 3_600_000).toISOString(),
  say: '东城区正在抢修，预计一小时内恢复。',
}
