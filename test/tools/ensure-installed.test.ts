import { spawn } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'

const tools = join(dirname(dirname(import.meta.dirname)), 'tools')
let project: string

/** A project with one package in its lock file, a program, and an npm that notes each run and takes a moment. */
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'firstline-install-'))
  for (const folder of ['tools', 'bin']) mkdirSync(join(project, folder))
  for (const file of ['ensure-installed.js', 'lock.js'])
    copyFileSync(join(tools, file), join(project, 'tools', file))
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
  lockAt('1.0.0')
  writeFileSync(join(project, 'program.ts'), PROGRAM)
  npmIs('sleep 0.4; mkdir -p node_modules; cp package-lock.json node_modules/.package-lock.json')
})

afterEach(() => rmSync(project, { recursive: true, force: true }))

const PROGRAM = `
const greeting: string = process.argv.slice(2).join(' ')
process.on('SIGTERM', () => process.exit(7))
console.log('began', greeting)
if (greeting === 'stay') setInterval(() => {}, 1000)
else process.exitCode = Number(greeting) || 0
`

function lockAt(version: string): void {
  const packages = {
    '': { name: 'project' },
    'node_modules/a': { version, integrity: `sha512-${version}` },
    'node_modules/elsewhere': { version, integrity: 'sha512-x', optional: true, os: ['aix'] },
  }
  writeFileSync(join(project, 'package-lock.json'), JSON.stringify({ packages }))
}

function npmIs(commands: string): void {
  const file = join(project, 'bin', 'npm')
  writeFileSync(file, `#!/bin/sh\necho run >> npm.log\n${commands}\n`)
  chmodSync(file, 0o755)
}

const npmRuns = (): number =>
  existsSync(join(project, 'npm.log'))
    ? readFileSync(join(project, 'npm.log'), 'utf8').trim().split('\n').length
    : 0

/** Runs the program through ensure-installed; `onOutput` is called with all that was printed so far. */
function run(
  args: string[],
  onOutput?: (output: string, kill: () => void) => void,
): Promise<{ code: number | null; output: string }> {
  const env = { ...process.env, PATH: [join(project, 'bin'), process.env.PATH].join(delimiter) }
  const child = spawn(process.execPath, ['tools/ensure-installed.js', ...args], { cwd: project, env })
  let output = ''
  const listen = (chunk: Buffer) => {
    output += chunk.toString()
    onOutput?.(output, () => child.kill('SIGTERM'))
  }
  child.stdout.on('data', listen)
  child.stderr.on('data', listen)
  return new Promise(resolve => child.on('close', code => resolve({ code, output })))
}

it('installs when nothing is there, then runs the program with its arguments', async () => {
  const { code, output } = await run(['program.ts', '停电', '赔偿'])
  expect(output).toBe('installing the locked packages\nbegan 停电 赔偿\n')
  expect([code, npmRuns()]).toEqual([0, 1])
})

it('installs nothing when what is there fits the lock file, packages of other platforms aside', async () => {
  await run(['program.ts'])
  const hidden = join(project, 'node_modules', '.package-lock.json')
  const present = JSON.parse(readFileSync(hidden, 'utf8')) as { packages: Record<string, unknown> }
  delete present.packages['node_modules/elsewhere']
  writeFileSync(hidden, JSON.stringify(present))
  expect((await run(['program.ts'])).output).toBe('began \n')
  expect(npmRuns()).toBe(1)
})

it('installs again when the lock file has changed, or an installation was broken off', async () => {
  await run(['program.ts'])
  lockAt('1.0.1')
  await run(['program.ts'])
  expect(npmRuns()).toBe(2)
  rmSync(join(project, 'node_modules', '.package-lock.json'))
  await run(['program.ts'])
  expect(npmRuns()).toBe(3)
})

it('says in its last line that npm failed, runs nothing, and exits 1', async () => {
  npmIs('echo no network >&2; exit 9')
  const { code, output } = await run(['program.ts'])
  expect(code).toBe(1)
  expect(output).not.toContain('began')
  expect(output.trim().split('\n').at(-1)).toBe('npm install failed, see above; nothing was started')
})

it('lets two starts at once install once', async () => {
  const both = await Promise.all([run(['program.ts', '0']), run(['program.ts', '0'])])
  expect(both.map(one => one.code)).toEqual([0, 0])
  expect(npmRuns()).toBe(1)
})

it('does not wait for a start that died', async () => {
  npmIs('kill -9 $PPID; sleep 0.2')
  expect((await run(['program.ts'])).code).toBeNull()
  npmIs('mkdir -p node_modules; cp package-lock.json node_modules/.package-lock.json')
  expect((await run(['program.ts', '0'])).code).toBe(0)
})

it('ends with the code of the program, and hands SIGTERM on to it', async () => {
  expect((await run(['program.ts', '5'])).code).toBe(5)
  const stopped = await run(['program.ts', 'stay'], (output, kill) => output.includes('began stay') && kill())
  expect(stopped.code).toBe(7)
})
