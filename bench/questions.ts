import { publishedRevisions } from '#server/entries/index.ts'
import { write } from '#server/platform/db/db.ts'
import { HOUR } from '#server/platform/kernel/clock.ts'
import { writeSetting } from '#server/platform/kernel/records.ts'
import { wordingOf } from '#server/platform/text/likeness.ts'
import { NearQuestions, question, questionStep } from '#server/questions/index.ts'
import { CONTENT, importContent } from '#server/starter.ts'
import { makeApp, NOW, type Client } from '../test/support/app.ts'
import { printMachine, printTable, timeEach, TIMING_HEAD, timingRow } from './timing.ts'

const OPEN = Number(process.argv[2] ?? 50_000)
const RUNS = 200
const CHUNK = 1000
const PLACES = ['城东', '河西', '新民路', '开发区', '老街', '江北', '学府', '高铁站']
const TAILS = [
  '，客户很着急',
  '，物业说不归他们管',
  '，上次来电说会回复',
  '，家里有老人',
  '，问了营业厅没答上来',
  '',
]
/** What questions are about, and who leads for it. */
const AREAS = [
  ['供电可靠', 'operations'],
  ['供电服务', 'market'],
  ['电网建设', 'planning'],
  ['其它', 'service'],
] as const

printMachine()
const t = await makeApp()
write(t.db, tx => importContent(tx, NOW, CONTENT))
await t.indexer.rebuild()
const wordings = publishedRevisions(t.db, NOW).flatMap(one => [one.standardQuestion, ...one.similarQuestions])
/** The n-th question, which nobody asked before: a caller's wording told of a place, in one of many ways. */
const textOf = (n: number): string =>
  `${PLACES[n % PLACES.length]}${n}号的客户问${wordings[(n * 7919) % wordings.length]}${TAILS[n % TAILS.length]}`

const agent = await t.signIn('agent')
fill()
write(t.db, tx => writeSetting(tx, 'gap_questions_until', String(OPEN))) // what gaps take is told by insights.ts
const [supervisor, expert] = [await t.signIn('supervisor'), await t.signIn('expert', 'market')]
const near = new NearQuestions(t.deps)
const began = performance.now()
await near.follow()
console.log(
  `${OPEN} open questions put into the index in ${((performance.now() - began) / 1000).toFixed(1)} s`,
)
await ok(agent.post('/api/question-outlooks', { text: '停电' })) // the service takes over what it did not write itself
const runs = Array.from({ length: RUNS }, (_, n) => n)
const asked = runs.map(n => `${wordings[(n * 31) % wordings.length]}，怎么处理`)
const table: string[][] = []
const time = async (name: string, bar: string, run: (n: number) => unknown) =>
  table.push([...timingRow(name, await timeEach(runs, run)), bar])
await time('merge candidates of a text', '10', n => near.near(asked[n]!))
await time('outlook over HTTP', '', n => ok(agent.post('/api/question-outlooks', { text: asked[n] })))
await time('raising over HTTP', '', n => ok(agent.post('/api/questions', { text: textOf(OPEN + n) })))
await time('list of a supervisor: first page', '100', () => ok(supervisor.get('/api/questions?state=open')))
await time('list of an expert: first page', '100', () => ok(expert.get('/api/questions?state=open')))
await time('list of an agent: first page', '100', () => ok(agent.get('/api/questions')))
await time('a question with all that is near', '', n => ok(supervisor.get(`/api/questions/${n + 1}`)))
await time('refusing one', '', n =>
  ok(supervisor.post(`/api/questions/${n + 1}/refusal`, { reason: '不归供电' })),
)
printTable(`${OPEN} open questions`, [...TIMING_HEAD, 'bar'], table)
await near.close()
await t.close()

/** Puts the questions in as raising would, without its audit rows, which nothing here reads. */
function fill(): void {
  const place = { urgency: 'normal', state: 'routed', dueAt: NOW + 72 * HOUR } as const
  for (let from = 0; from < OPEN; from += CHUNK)
    write(t.db, tx => {
      for (let n = from; n < Math.min(OPEN, from + CHUNK); n++) {
        const [category, department] = AREAS[n % AREAS.length]!
        const about = {
          text: textOf(n),
          folded: wordingOf(textOf(n)),
          personId: agent.id,
          shown: [],
          category,
        }
        const row = { ...about, ...place, raisedAt: NOW + n, department, dueAt: place.dueAt + n }
        const { id: questionId } = tx.insert(question).values(row).returning({ id: question.id }).get()
        const step = { questionId, personId: agent.id, department, at: NOW + n }
        tx.insert(questionStep)
          .values({ ...step, kind: 'raised', urgency: 'normal', dueAt: row.dueAt })
          .run()
        tx.insert(questionStep)
          .values({ ...step, kind: 'routed', personId: null })
          .run()
      }
    })
}

async function ok(answer: ReturnType<Client['get']>): Promise<void> {
  const reply = await answer
  if (reply.statusCode >= 300) throw new Error(reply.body)
}
