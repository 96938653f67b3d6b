import { makeApp, type Client } from '../test/support/app.ts'
import { begin, open, vote } from '../test/support/committee.ts'
import { longReview, PARAGRAPHS } from './long-review.ts'
import { printMachine, printTable, timeEach, TIMING_HEAD, timingRow } from './timing.ts'

const OPEN = Number(process.argv[2] ?? 10_000)
const RUNS = 100
const DEPARTMENTS = ['market', 'operations', 'safety', 'planning', 'service']

printMachine()
const t = await makeApp()
const [expert, agent, market, service] = await Promise.all([
  t.signIn('expert'),
  t.signIn('agent'),
  t.signIn('reviewer', 'market'),
  t.signIn('reviewer', 'service'),
])
const opened: number[] = []
for (let n = 0; n < OPEN; n++) opened.push(await openReview(n))
const long = await longReview(t, expert, [market, service])
const runs = Array.from({ length: Math.min(RUNS, OPEN / 5) }, (_, n) => n)

const rows = [
  ['queue of a reviewer: first page', market, '/api/reviews?mine=true'],
  ['queue of a reviewer: from 1,500 on', market, '/api/reviews?mine=true&offset=1500'],
  ['all open reviews: 100 of them', market, '/api/reviews?limit=100'],
  ['open reviews by department', service, '/api/review-counts'],
  [`a review: ${PARAGRAPHS} paragraphs with their diff`, market, `/api/reviews/${long}`],
] as const
const table: string[][] = []
for (const [name, client, url] of rows)
  table.push(timingRow(name, await timeEach(runs, () => expectOk(client.get(url)))))
table.push(timingRow('two votes, and the search that finds it', await timeEach(runs, decide)))
const different = { before: '停电通知'.repeat(12_500), after: '复核电价'.repeat(12_500) }
table.push(
  timingRow(
    'two texts of 50,000 characters, nothing alike',
    await timeEach([1, 2, 3], () => expectOk(expert.post('/api/comparisons', different))),
  ),
)
printTable(`${OPEN} open reviews`, TIMING_HEAD, table)
await t.close()

async function openReview(n: number): Promise<number> {
  const text = {
    ownerDepartment: DEPARTMENTS[n % 5],
    standardQuestion: `第${n}号问题怎么办？`,
    similarQuestions: [],
  }
  return open(expert, (await begin(expert, text)).revisionId)
}

/** Approves a review of marketing's; throws unless the next request finds it. */
async function decide(n: number): Promise<void> {
  const reviewId = opened[n * 5]!
  await vote(service, reviewId)
  const reply = await vote(market, reviewId)
  if (reply.json<{ state: string }>().state !== 'approved') throw new Error(reply.body)
  const title = `第${n * 5}号问题怎么办？`
  const found = await agent.get(`/api/search?q=${encodeURIComponent(title)}`)
  const { hits } = found.json<{ hits: { title: string }[] }>()
  if (!hits.some(hit => hit.title === title)) throw new Error(`${reviewId} is not found`)
}

async function expectOk(answer: ReturnType<Client['get']>): Promise<void> {
  const reply = await answer
  if (reply.statusCode !== 200) throw new Error(reply.body)
}
