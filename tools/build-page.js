/**
 * Builds the page into web/dist when its sources changed since the last build (`--force`: always).
 * The new build takes the old one's place only when it is whole. Run it under Node 24.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const page = join(root, 'web')
const dist = join(page, 'dist')
const workplace = join(root, 'node_modules', '.firstline')
const STAMP = '.sources'

const sources = hashOfSources()
if (process.argv.includes('--force') || builtFrom() !== sources) await buildPage()

function hashOfSources() {
  const hash = createHash('sha256')
  const files = [
    join(root, 'package-lock.json'),
    ...filesUnder(join(root, 'server', 'contract')),
    ...filesUnder(page),
  ]
  for (const file of files)
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

/** @param {string} folder */
function filesUnder(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .filter(file => !file.startsWith(dist) && !file.endsWith('.md'))
    .toSorted()
}

function builtFrom() {
  const stamp = join(dist, STAMP)
  return existsSync(stamp) && existsSync(join(dist, 'index.html')) ? readFileSync(stamp, 'utf8') : ''
}

async function buildPage() {
  const started = performance.now()
  const { build } = await import('vite')
  const fresh = join(workplace, `page-${process.pid}`)
  try {
    await build({
      root: page,
      configFile: join(page, 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir: fresh, emptyOutDir: true },
    })
    writeFileSync(join(fresh, STAMP), sources)
    putInPlace(fresh)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
  console.log(`page built in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}

/** @param {string} fresh the folder of the finished build */
function putInPlace(fresh) {
  const old = join(workplace, `page-old-${process.pid}`)
  if (existsSync(dist)) renameSync(dist, old)
  renameSync(fresh, dist)
  rmSync(old, { recursive: true, force: true })
}
