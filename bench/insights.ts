import { CALL_ENDED } from '#server/calls/index.ts'
import { write } from '#server/platform/db/db.ts'
import { DAY, MINUTE } from '#server/platform/kernel/clock.ts'
import { createLexicon } from '#server/platform/text/lexicon.ts'
import { readWords } from '#server/search/index.ts'
import { CONTENT } from '#server/starter.ts'
import { makeApp, type Client } from '../test/support/app.ts'
import { random } from '../test/insights/month.ts'
import { printMachine, printTable, timeEach, TIMING_HEAD, timingRow } from './timing.ts'

const QUERIES = Number(process.argv[2] ?? 50_000)
const RUNS = 50
const BOARD_TARGET = 100

const THINGS =
  '充电桩 光伏 电表 表箱 电费 发票 户名 容量 变压器 电缆 电杆 空开 阶梯电价 峰谷电价 力调电费 违约金'.split(
    ' ',
  )
const DEEDS =
  '怎么报装 要带哪些材料 找谁修 什么时候到账 能不能改 归谁管 为什么变高 怎么算 要多少钱 多久能办好'.split(' ')
const WHERE = '农村 小区 工厂 商铺 学校 医院 工地 出租屋 车库 楼顶'.split(' ')
const FRAMES = ['', '请问', '客户问', '想问一下']

printMachine()
const t = await makeApp({ lexicon: createLexicon(readWords(CONTENT)) })
const supervisor = await t.signIn('supervisor')
const next = random(95598)
// few are asked often, many once, as callers do
const pick = <T>(list: readonly T[]): T => list[Math.floor(next() ** 1.6 * list.length)]!
timed(`${QUERIES} unanswered calls written`, () => write(t.db, () => fill()))
const following = performance.now()
const { total } = await board('')
const ms = performance.now() - following
console.log(`put into ${total} gaps: ${(ms / QUERIES).toFixed(2)} ms a query`)

const runs = Array.from({ length: RUNS }, (_, n) => n)
const rows: [string, (n: number) => Promise<unknown>, string][] = [
  ['gap board: first page', () => board(''), `p95 <= ${BOARD_TARGET}`],
  ['gap board: 100 of them', () => board('limit=100'), `p95 <= ${BOARD_TARGET}`],
  ['gap board: four weeks', () => board('from=2026-10-26&until=2026-11-22'), `p95 <= ${BOARD_TARGET}`],
  ['gap board: from 1,000 on', () => board('limit=20&offset=1000'), ''],
  ['one gap', n => expectOk(supervisor.get(`/api/gaps/${n + 1}`)), ''],
  ['first contact resolution, four weeks', () => expectOk(supervisor.get('/api/figures/fcr?by=topic')), ''],
  ['figures of the loop, four weeks', () => expectOk(supervisor.get('/api/figures/questions')), ''],
]
const table: string[][] = []
for (const [name, run, target] of rows) table.push([...timingRow(name, await timeEach(runs, run)), target])
printTable(`${QUERIES} unanswered queries`, [...TIMING_HEAD, 'target'], table)
await t.close()

function fill(): void {
  const { $client: db } = t.db
  const begin = db.prepare(
    'insert into call (person_id, caller_hash, topic, started_at, ended_at) values (?, ?, ?, ?, ?)',
  )
  const seek = db.prepare(`insert into call_search (call_id, query, total, confident, shown, took_ms, at)
    values (?, ?, 0, 0, '[]', 1, ?)`)
  const say = db.prepare(`insert into call_outcome (call_id, verdict, at) values (?, 'follow_up', ?)`)
  const leave = db.prepare('insert into outbox (effect, subject, created_at) values (?, ?, ?)')
  for (let n = 0; n < QUERIES; n++) {
    const at = t.clock.now - Math.floor(next() * 80 * DAY)
    const caller = `c${Math.floor(next() ** 2 * QUERIES)}`
    const id = Number(
      begin.run(1 + Math.floor(next() * 12), caller, pick(THINGS), at, at + 4 * MINUTE).lastInsertRowid,
    )
    seek.run(id, `${pick(FRAMES)}${pick(WHERE)}${pick(THINGS)}${pick(DEEDS)}`, at)
    say.run(id, at)
    leave.run(CALL_ENDED, String(id), at)
  }
}

function timed(name: string, work: () => void): void {
  const began = performance.now()
  work()
  console.log(`${name} in ${((performance.now() - began) / 1000).toFixed(0)} s`)
}

async function board(query: string): Promise<{ total: number }> {
  return (await expectOk(supervisor.get(`/api/gaps?${query}`))).json<{ total: number }>()
}

async function expectOk(answer: ReturnType<Client['get']>) {
  const reply = await answer
  if (reply.statusCode !== 200) throw new Error(reply.body)
  return reply
}
