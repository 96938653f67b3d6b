import { setTimeout as sleep } from 'node:timers/promises'
import type { Health } from '#server/contract/health.ts'
import type { SearchReply } from '#server/contract/search.ts'
import { startService, type Service } from '../test/support/service.ts'
import { startServer } from './to-kill.ts'
import { printTable, TIMING_HEAD, timingOf, timingRow } from './timing.ts'

/** Agents who search at the same time, and their break (ms) between two searches: far shorter than that of people. */
const AGENTS = 8
const BREAK = 250
const PUBLISHED = 20
/** Milliseconds that are looked at before and after something happens. */
const WINDOW = 5000
/** Milliseconds after which a server is given up that does not answer again. */
const MOST = 120_000

/** One search over HTTP: when it ended, how long it took (ms), and by whom it was answered; nobody: it failed. */
interface Answered {
  at: number
  took: number
  by: string | undefined
  /** The title of the first hit. */
  first: string | undefined
}

/**
 * The service as a process of its own with a Meilisearch as another: what agents notice over HTTP when that process is
 * killed, and when it hangs. MEILI_COMMAND starts an empty server at $PORT with the key $MEILI_KEY; without it the stub stands in.
 */
export async function measureFailover(queries: readonly string[]): Promise<void> {
  let server = await startServer(0)
  process.env.MEILI_URL = server.url
  const service = await startService()
  const search = searching(service, await signIn(service, 'agent'))
  await answeredBy(search, queries, 'meilisearch')
  await measurePublishing(service, search)
  const rows = [row('before', 0, await watch(search, queries))]
  const happen = async (name: string, breakIt: () => unknown, mendIt: () => Promise<void>) => {
    const began = performance.now()
    const watched = watch(search, queries, breakIt)
    const answers = await watched
    await mendIt()
    const mended = performance.now()
    await answeredBy(search, queries, 'meilisearch')
    rows.push([...row(name, began, answers), ((performance.now() - mended) / 1000).toFixed(1)])
  }
  await happen(
    'killed',
    () => server.process.kill('SIGKILL'),
    async () => void (server = await startServer(Number(new URL(server.url).port))),
  )
  await happen(
    'hung',
    () => server.process.kill('SIGSTOP'),
    async () => void server.process.kill('SIGCONT'),
  )
  printTable(
    `${AGENTS} agents search over HTTP while ${process.env.MEILI_COMMAND ? 'Meilisearch' : 'the stub'} is broken, ${WINDOW / 1000} s each`,
    ['', 'searches', 'failed', 'by meilisearch', 'next answer ms', 'p50', 'p99', 'max', 'back after s'],
    rows,
  )
  await service.remove()
  server.process.kill('SIGKILL')
}

function row(name: string, began: number, answers: readonly Answered[]): string[] {
  const good = answers.filter(({ by }) => by !== undefined)
  const next = Math.min(...good.map(({ at }) => at)) - began
  const { p50, p99, max } = timingOf(answers.map(({ took }) => took))
  const outside = good.filter(({ by }) => by === 'meilisearch').length
  const counts = [answers.length, answers.length - good.length, outside].map(String)
  return [
    name,
    ...counts,
    began === 0 ? '' : next.toFixed(1),
    ...[p50, p99, max].map(time => time.toFixed(1)),
  ]
}

type Search = (text: string) => Promise<Answered>

/** What searches came to that ended after something happened, begun before or after it. */
async function watch(
  search: Search,
  queries: readonly string[],
  happen?: () => unknown,
): Promise<Answered[]> {
  const answers: Answered[] = []
  const until = performance.now() + WINDOW
  const agents = Array.from({ length: AGENTS }, async (_, agent) => {
    await sleep((agent * BREAK) / AGENTS)
    for (let n = agent; performance.now() < until; n += AGENTS) {
      answers.push(await search(queries[n % queries.length]!))
      await sleep(BREAK)
    }
  })
  await happen?.()
  await Promise.all(agents)
  return answers
}

async function answeredBy(search: Search, queries: readonly string[], engine: string): Promise<void> {
  const until = performance.now() + MOST
  while ((await search(queries[0]!)).by !== engine) {
    if (performance.now() > until) throw new Error(`${engine} does not answer`)
    await sleep(20)
  }
}

/** Notices published one after the other at rest: until a search has each, and until Meilisearch has it itself. */
async function measurePublishing(service: Service, search: Search): Promise<void> {
  const cookie = await signIn(service, 'supervisor')
  const remote = async () =>
    ((await (await fetch(`${service.address}/api/health`)).json()) as Health).engine.remote
  const [found, sent] = [[] as number[], [] as number[]]
  for (let n = 0; n < PUBLISHED; n += 1) {
    const line = `10kV第${n}号试验线`
    const times = { startsAt: hour(0), endsAt: hour(3), nextUpdateAt: hour(1) }
    await send(service, cookie, '/api/notices', {
      kind: 'fault',
      areas: ['东城区'],
      line,
      say: '正在抢修。',
      ...times,
    })
    const [first, own] = await Promise.all([
      timeUntil(async () => (await search(line)).first?.includes(line) === true),
      timeUntil(async () => (await remote())?.waiting === 0),
    ])
    found.push(first)
    sent.push(own)
    await sleep(BREAK)
  }
  printTable('published at rest', TIMING_HEAD, [
    timingRow('until a search finds it', timingOf(found)),
    timingRow('until Meilisearch has it', timingOf(sent)),
  ])
}

/** Milliseconds until something is so. */
async function timeUntil(isSo: () => Promise<boolean>): Promise<number> {
  const began = performance.now()
  while (!(await isSo())) await sleep(5)
  return performance.now() - began
}

const hour = (later: number): string => new Date(Date.now() + later * 3_600_000).toISOString()

async function signIn(service: Service, persona: string): Promise<string> {
  const reply = await send(service, '', '/api/session', { persona })
  return reply.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

async function send({ address }: Service, cookie: string, path: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json', origin: address, cookie }
  const reply = await fetch(`${address}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
  return reply
}

const searching =
  ({ address }: Service, cookie: string): Search =>
  async text => {
    const began = performance.now()
    const reply = await fetch(`${address}/api/search?limit=10&q=${encodeURIComponent(text)}`, {
      headers: { cookie },
    })
      .then(async answer => (answer.ok ? ((await answer.json()) as SearchReply) : undefined))
      .catch(() => undefined)
    const at = performance.now()
    return { at, took: at - began, by: reply?.engine, first: reply?.hits[0]?.title }
  }
