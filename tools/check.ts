/**
 * Everything that must hold, as named steps: `npm test`, or `node tools/check.ts format lint` for some of them.
 * A failing step shows its output and the others still run. Exits 1 when anything failed. The last line is
 * `N passed, N failed`, counting each test and each step.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
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

async function runStep(step: Step): Promise<Outcome> {
  const started = performance.now()
  if (step.results) rmSync(step.results, { force: true })
  const { code, output } = await run(step.command)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const { passed, failed } = step.results ? counts(step.results) : { passed: 0, failed: 0 }
  const ok = code === 0
  console.log(
    `${ok ? 'ok  ' : 'FAIL'} ${step.name.padEnd(13)} ${seconds.padStart(6)} s${passed ? `  ${passed} tests` : ''}`,
  )
  if (!ok) console.log(`\n${output.trimEnd()}\n`)
  return { passed: passed + (ok ? 1 : 0), failed: failed + (ok ? 0 : 1) }
}

function run([program, ...args]: Step['command']): Promise<{ code: number | null; output: string }> {
  const path = [dirname(process.execPath), join(root, 'node_modules', '.bin'), process.env.PATH].join(
    delimiter,
  )
  const env = { ...process.env, PATH: path, NO_COLOR: '1', FORCE_COLOR: undefined }
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
for (const step of chosenSteps(process.argv.slice(2))) {
  const outcome = await runStep(step)
  total.passed += outcome.passed
  total.failed += outcome.failed
  if (outcome.failed > 0) failing.push(step.name)
}
if (failing.length > 0) console.log(`failed: ${failing.join(', ')}`)
process.exitCode = total.failed > 0 ? 1 : 0
console.log(`${total.passed} passed, ${total.failed} failed`)
