import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'

const check = join(dirname(dirname(import.meta.dirname)), 'tools', 'check.ts')
let project: string

/** A project whose commands are scripts that pass, fail or report tests as told. */
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'firstline-check-'))
  mkdirSync(join(project, 'tools'))
  mkdirSync(join(project, 'node_modules', '.bin'), { recursive: true })
  copyFileSync(check, join(project, 'tools', 'check.ts'))
  commandIs('prettier', 'exit 0')
  commandIs('oxlint', 'exit 0')
})

afterEach(() => rmSync(project, { recursive: true, force: true }))

function commandIs(name: string, script: string): void {
  const file = join(project, 'node_modules', '.bin', name)
  writeFileSync(file, `#!/bin/sh\n${script}\n`)
  chmodSync(file, 0o755)
}

/** vitest as it leaves its results; it fails when a test failed. */
function testsAre(passed: number, failed: number): void {
  const results = `{"numPassedTests":${passed},"numFailedTests":${failed}}`
  commandIs(
    'vitest',
    `for a; do case $a in --outputFile.json=*) echo '${results}' > "\${a#*=}";; esac; done\nexit ${failed}`,
  )
}

function run(...steps: string[]): { code: number | null; lines: string[] } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/check.ts', ...steps], {
    cwd: project,
    encoding: 'utf8',
  })
  return { code: status, lines: `${stdout}${stderr}`.trim().split('\n') }
}

it('runs the steps named, and counts each', () => {
  const { code, lines } = run('format', 'lint')
  expect(code).toBe(0)
  expect(lines.map(line => line.split(/ +/u).slice(0, 2).join(' '))).toEqual([
    'ok format',
    'ok lint',
    '2 passed,',
  ])
  expect(lines.at(-1)).toBe('2 passed, 0 failed')
})

it('runs steps without tests side by side, and reports them in their order', () => {
  const isThere = '[ -e linted ] && exit 0'
  commandIs('prettier', `i=0; while [ $i -lt 200 ]; do ${isThere}; sleep 0.1; i=$((i+1)); done; exit 1`)
  commandIs('oxlint', 'touch linted')
  const { code, lines } = run('lint', 'format')
  expect(code).toBe(0)
  expect(lines.map(line => line.split(/ +/u)[1])).toEqual(['format', 'lint', 'passed,'])
})

it('shows what a failing step printed, goes on, and exits 1', () => {
  commandIs('prettier', 'echo "[warn] 停电.ts" >&2; exit 3')
  const { code, lines } = run('format', 'lint')
  expect(code).toBe(1)
  expect(lines).toContain('[warn] 停电.ts')
  expect(lines.slice(-3).map(line => line.split(/ +/u)[0])).toEqual(['ok', 'failed:', '1'])
  expect(lines.at(-1)).toBe('1 passed, 1 failed')
})

it('counts the tests besides their step', () => {
  testsAre(41, 0)
  expect(run('tests').lines.at(-1)).toBe('42 passed, 0 failed')
  testsAre(40, 1)
  expect(run('tests')).toMatchObject({
    code: 1,
    lines: expect.arrayContaining(['40 passed, 2 failed']) as string[],
  })
})

it('takes no old results for those of a run that died', () => {
  testsAre(41, 0)
  run('tests')
  commandIs('vitest', 'exit 1')
  expect(run('tests').lines.at(-1)).toBe('0 passed, 1 failed')
})

it('names the steps there are when asked for another', () => {
  const { code, lines } = run('style')
  expect(code).toBe(1)
  expect(lines).toEqual([
    'no step style; there are format, lint, types-server, types-web, boundaries, page, tests, browser',
  ])
})
