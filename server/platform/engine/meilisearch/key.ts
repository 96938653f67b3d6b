import type { Key } from 'meilisearch'
import { Connection } from './connection.ts'
import { faultOf } from './faults.ts'

/** What a key for the service may do, and with which indexes. */
export const KEY_ACTIONS = [
  'search',
  'documents.add',
  'documents.get',
  'documents.delete',
  'indexes.get',
  'indexes.create',
  'indexes.delete',
  'indexes.swap',
  'settings.get',
  'settings.update',
  'tasks.get',
  'stats.get',
  'version',
] as const
export const KEY_INDEXES = ['firstline*']

/** What is asked for; a key that has just this is not made again. */
const GIVEN = {
  name: 'firstline',
  description: 'Firstline: its own indexes only',
  actions: [...KEY_ACTIONS],
  indexes: KEY_INDEXES,
  expiresAt: null,
}
const MOST_KEYS = 1000

/** A key that may do what the service does and nothing else, made once. `url` and `master` are used this once. */
export async function makeKey(url: string, master: string): Promise<string> {
  const { client } = new Connection({ url, key: master })
  try {
    const { results } = await client.getKeys({ limit: MOST_KEYS })
    return (results.find(isAsGiven) ?? (await client.createKey(GIVEN))).key
  } catch (error) {
    throw faultOf(error)
  }
}

const isAsGiven = ({ name, actions, indexes, expiresAt }: Key): boolean =>
  name === GIVEN.name &&
  isSame(actions, GIVEN.actions) &&
  isSame(indexes, GIVEN.indexes) &&
  expiresAt === null

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.toSorted().join() === other.toSorted().join()

/** Whether a key may list keys, which the service never needs to: a master key, or that of a server without one. */
export async function isMaster({ client }: Connection): Promise<boolean> {
  return isAllowed(client.getKeys({ limit: 1 }))
}

/** What a key may not do of what only happens now and then, found out by requests that change nothing. */
export async function lackingRights(connection: Connection, uid: string): Promise<string[]> {
  const nowhere = `${uid}.nowhere` // no index may have such a name: refused after the key was looked at
  const { client } = connection
  const attempts = {
    'indexes.get': () => client.getIndexes({ limit: 1 }),
    // so is naming one index twice
    'indexes.swap': () => connection.swap(uid, uid),
    'documents.get': () => connection.held(nowhere).next(),
    'documents.delete': () => connection.remove(nowhere, ['-'], 'firstline:probe'),
  }
  const lacking: string[] = []
  for (const [right, attempt] of Object.entries(attempts))
    if (!(await isAllowed(attempt()))) lacking.push(right)
  return lacking
}

/** Whether an attempt failed of something else than of the key, if it did. Throws where nobody could tell. */
async function isAllowed(attempt: Promise<unknown>): Promise<boolean> {
  const kind = await attempt.then(
    () => undefined,
    (error: unknown) => faultOf(error),
  )
  if (kind === undefined || ['missing', 'task', 'rejected'].includes(kind.kind)) return true
  if (kind.kind === 'unauthorized') return false
  throw kind
}
