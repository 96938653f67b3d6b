/**
 * Everything that must hold, as named steps: `npm test`, or `node tools/check.ts format lint` for some of them.
 * Steps without tests run side by side, each on one processor, and report in the order of the list; then come the tests,
 * which use all of them. A failing step shows its output and the others still run. Exits 1 when anything failed. The
 * last line is `N passed, N failed`, counting each test and each step.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { delimiter, dirname, join } from 'node:path'

interface Step {
  name: string
  command: [program: string, ...args: string[]]
  /** Where vitest writes its results, for a step whose tests are counted. */
  results?: string
}

interface Outcome {
  passed: number
  failed: number
}

interface Report extends Outcome {
  name: string
  text: string
}

const root = dirname(import.meta.dirname)
const workplace = join(root, 'node_modules', '.firstline')

const steps: Step[] = [
  { name: 'format', command: ['prettier', '--check', '--log-level=warn', '--no-color', '.'] },
  { name: 'lint', command: ['oxlint', '--deny-warnings'] },
  { name: 'types-server', command: ['tsc', '--noEmit', '--pretty', 'false'] },
  { name: 'types-web', command: ['vue-tsc', '--noEmit', '--pretty', 'false', '-p', 'web'] },
  { name: 'boundaries', command: ['node', 'tools/check-boundaries.ts'] },
  { name: 'page', command: ['node', 'tools/build-page.js'] },
  tests('tests', 'unit', 'web'),
  tests('browser', 'e2e'),
]

function tests(name: string, ...projects: string[]): Step {
  const results = join(workplace, `${name}.json`)
  const chosen = projects.map(project => `--project=${project}`)
  const reports = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`]
  return { name, command: ['vitest', 'run', ...chosen, ...reports], results }
}

async function runStep(step: Step): Promise<Report> {
  const started = performance.now()
  if (step.results) rmSync(step.results, { force: true })
  const { code, output } = await run(step.command)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const { passed, failed } = step.results ? counts(step.results) : { passed: 0, failed: 0 }
  const ok = code === 0
  const line = `${ok ? 'ok  ' : 'FAIL'} ${step.name.padEnd(13)} ${seconds.padStart(6)} s${passed ? `  ${passed} tests` : ''}`
  const text = ok ? line : `${line}\n\n${output.trimEnd()}\n`
  return { name: step.name, text, passed: passed + (ok ? 1 : 0), failed: failed + (ok ? 0 : 1) }
}

/** Runs steps, as many at a time as there are processors but always two; their reports come in the order of the steps. */
function sideBySide(chosen: Step[]): Promise<Report>[] {
  const waiting = chosen.map(step => ({ step, ...Promise.withResolvers<Report>() }))
  const reports = waiting.map(one => one.promise)
  const work = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) one.resolve(await runStep(one.step))
  }
  for (let lane = 0; lane < Math.max(2, availableParallelism()); lane++) void work()
  return reports
}

function run([program, ...args]: Step['command']): Promise<{ code: number | null; output: string }> {
  const path = [dirname(process.execPath), join(root, 'node_modules', '.bin'), process.env.PATH].join(
    delimiter,
  )
  // what one process compiled of the service or of a tool, the many others need not compile again
  const cache = { NODE_COMPILE_CACHE: join(workplace, 'compiled') }
  const env = { ...process.env, ...cache, PATH: path, NO_COLOR: '1', FORCE_COLOR: undefined }
  const child = spawn(program, args, { cwd: root, env, shell: process.platform === 'win32' })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return new Promise(resolve => {
    child.on('error', error => resolve({ code: 1, output: error.message }))
    child.on('close', code => resolve({ code, output }))
  })
}

/** A run that died before it wrote its results counts no test; its step has failed all the same. */
function counts(file: string): Outcome {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as {
      numPassedTests: number
      numFailedTests: number
    }
    return { passed: report.numPassedTests, failed: report.numFailedTests }
  } catch {
    return { passed: 0, failed: 0 }
  }
}

function chosenSteps(names: string[]): Step[] {
  const unknown = names.filter(name => !steps.some(step => step.name === name))
  if (unknown.length === 0) return names.length > 0 ? steps.filter(step => names.includes(step.name)) : steps
  console.error(`no step ${unknown.join(', ')}; there are ${steps.map(step => step.name).join(', ')}`)
  return process.exit(1)
}

mkdirSync(workplace, { recursive: true })
const total: Outcome = { passed: 0, failed: 0 }
const failing: string[] = []
function note({ name, text, passed, failed }: Report): void {
  console.log(text)
  total.passed += passed
  total.failed += failed
  if (failed > 0) failing.push(name)
}

const chosen = chosenSteps(process.argv.slice(2))
for (const report of sideBySide(chosen.filter(step => !step.results))) note(await report)
for (const step of chosen.filter(one => one.results)) note(await runStep(step))
if (failing.length > 0) console.log(`failed: ${failing.join(', ')}`)
process.exitCode = total.failed > 0 ? 1 : 0
console.log(`${total.passed} passed, ${total.failed} failed`)
