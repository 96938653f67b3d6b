/**
 * Runs a TypeScript program of this project on any machine with Node ≥ 20 and npm:
 * `node tools/ensure-installed.js server/main.ts`. Installs the locked packages when they are missing or stale,
 * builds the page when a server is about to serve it, and hands over to the Node 24 of node_modules.
 * Plain JavaScript on built-in modules only: it runs before anything is installed, on a Node that strips no types.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withLock } from './lock.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')
const [target, ...args] = process.argv.slice(2)

if (!target) stop('usage: node tools/ensure-installed.js <program.ts> [arguments]')
await withLock(root, () => {
  if (!isInstalled()) install()
  if (target.startsWith('server/')) buildPage()
})
handOver()

function isInstalled() {
  const wanted = lockedPackages(join(root, 'package-lock.json'))
  const present = lockedPackages(join(modules, '.package-lock.json'))
  return Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
    const found = present[path]
    if (!found) return path === '' || optional
    return found.version === version && found.integrity === integrity
  })
}

/** @param {string} file */
function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return {}
  }
}

function install() {
  console.log('installing the locked packages')
  // npm must not run on the Node inside node_modules, which it may replace. `npm ci` would refuse a lock file made
  // where a registry lacks the binaries of other platforms; `npm install --no-save` keeps to the lock all the same.
  const path = (process.env.PATH ?? '').split(delimiter).filter(folder => !folder.startsWith(modules + sep))
  const options = { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' }
  process.env.PATH = path.join(delimiter)
  const result = spawnSync(
    'npm',
    ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'],
    options,
  )
  if (result.error) stop(`npm could not be run (${result.error.message}); it comes with Node.js`)
  if (result.status !== 0) stop('npm install failed, see above; nothing was started')
}

function buildPage() {
  const result = spawnSync(nodeProgram(), [join('tools', 'build-page.js')], { cwd: root, stdio: 'inherit' })
  if (result.status !== 0) stop('the page could not be built, see above; nothing was started')
}

function handOver() {
  const node = nodeProgram()
  process.env.PATH = [dirname(node), join(modules, '.bin'), process.env.PATH].join(delimiter)
  const child = spawn(node, [target, ...args], { cwd: root, stdio: 'inherit' })
  // A terminal sends Ctrl-C to the whole group, so there the child has it already.
  if (process.stdin.isTTY) process.on('SIGINT', () => {})
  else process.on('SIGINT', () => child.kill('SIGINT'))
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', error => stop(`${target} could not be run: ${error.message}`))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
}

/** The Node 24 that a package brings, or the running one where that is new enough to strip types. */
function nodeProgram() {
  const brought = join(modules, 'node', 'bin', 'node')
  if (process.platform !== 'win32' && existsSync(brought)) return brought
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath
  return stop(
    'Node 24 is not in node_modules: allow its install script (npm rebuild node --ignore-scripts=false)',
  )
}

/** @param {string} message */
function stop(message) {
  console.error(message)
  process.exit(1)
}
