import { readFileSync } from 'node:fs'
import type { Finding } from '#server/contract/script-views.ts'
import { RULES } from '#server/contract/script-rules.ts'
import type { Speaker } from '#server/contract/script-lists.ts'
import type { CheckedScript } from '#server/scripts/check-context.ts'
import { openDb, write } from '#server/platform/db/db.ts'
import { checkContext } from '#server/scripts/checking.ts'
import { checkScript } from '#server/scripts/checks.ts'
import { CONTENT, importContent } from '#server/starter.ts'
import { benchContext } from './checks/context.ts'
import { printMachine, printTable, timeEach, TIMING_HEAD, timingRow } from './timing.ts'

interface Sentence {
  set: string
  rules: string[]
  step: number
  speaker: Speaker
  text: string
}

const verbose = process.argv.includes('--show')
const sentences = readFileSync(new URL('checks/sentences.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map(row => {
    const [set = '', rules = '', step, speaker, text = ''] = row.split('\t')
    return {
      set,
      rules: rules === 'ok' ? [] : rules.split('+'),
      step: Number(step),
      speaker: speaker as Speaker,
      text,
    }
  })
const context = benchContext()
/** What is found in the sentence itself; what its step lacks beside it is not asked here. */
const foundIn = ({ step, speaker, text }: Sentence): Finding[] =>
  checkScript({ steps: [{ step, lines: [{ speaker, text }] }] }, context).filter(
    one => one.line !== undefined,
  )

const graveness = (rule: string): string => RULES[rule as keyof typeof RULES]

const part = (some: number, all: number): string => (all === 0 ? '' : (some / all).toFixed(3))

printMachine()
for (const set of ['dev', 'held']) measure(set)
await time()

function measure(set: string): void {
  const own = sentences.filter(one => one.set === set)
  const counts = new Map<string, { hit: number; missed: number; wrong: number }>()
  const count = (rule: string, kind: 'hit' | 'missed' | 'wrong') => {
    for (const name of [rule, `all ${graveness(rule)}s`]) {
      const row = counts.get(name) ?? { hit: 0, missed: 0, wrong: 0 }
      row[kind]++
      counts.set(name, row)
    }
  }
  for (const sentence of own) {
    const found = [...new Set(foundIn(sentence).map(one => one.rule))]
    for (const rule of sentence.rules) count(rule, found.includes(rule) ? 'hit' : 'missed')
    for (const rule of found) if (!sentence.rules.includes(rule)) count(rule, 'wrong')
    if (verbose && set === 'dev') show(sentence, found)
  }
  const traps = own.filter(one => one.rules.length === 0).length
  const rows = [...counts].toSorted(
    ([a], [b]) => Number(b.startsWith('all')) - Number(a.startsWith('all')) || (a < b ? -1 : 1),
  )
  printTable(
    `${set}: ${own.length} sentences, ${traps} of them must pass`,
    ['rule', 'hit', 'missed', 'wrong', 'recall', 'precision'],
    rows.map(([rule, { hit, missed, wrong }]) => [
      rule,
      ...[hit, missed, wrong].map(String),
      part(hit, hit + missed),
      part(hit, hit + wrong),
    ]),
  )
}

function show({ rules, text }: Sentence, found: readonly string[]): void {
  const missed = rules.filter(rule => !found.includes(rule))
  const wrong = found.filter(rule => !rules.includes(rule))
  if (missed.length + wrong.length > 0) console.log(`- ${missed.join(' ')}  + ${wrong.join(' ')}  ${text}`)
}

/** A full script of nine steps, each with all the sentences of its number, and 200 of them. */
async function time(): Promise<void> {
  const steps = Array.from({ length: 9 }, (_, index) => ({
    step: index + 1,
    fields: [],
    lines: sentences
      .filter(one => one.step === index + 1)
      .slice(0, 12)
      .map(({ speaker, text }) => ({ speaker, text })),
    branches: [
      {
        ifSays: '那到底几点来电？',
        lines: [{ speaker: 'agent' as const, text: '{通知.下次更新}前给您消息。' }],
        to: 5,
      },
    ],
  }))
  const script: CheckedScript = { steps, reasons: [] }
  const many = Array.from({ length: 200 }, () => script)
  const one = await timeEach(many, each => checkScript(each, context))
  const db = openDb(':memory:')
  const now = Date.now()
  write(db, tx => importContent(tx, now, CONTENT))
  const given = await timeEach(many, () => checkContext(db, now, context.lexicons))
  db.$client.close()
  const all = await timeEach([1, 2, 3], () => many.map(each => checkScript(each, context)))
  printTable(
    '',
    [...TIMING_HEAD, 'bar'],
    [
      [...timingRow('one script of nine steps', one), '30'],
      [...timingRow('what it is given, from the database', given), ''],
      [...timingRow('200 scripts', all), '3000'],
    ],
  )
}
