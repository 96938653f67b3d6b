import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { makeApp } from '../test/support/app.ts'
import { openBrowser } from '../test/support/browser.ts'
import { longReview, PARAGRAPHS } from './long-review.ts'
import { printMachine, printTable, timingOf, timingRow, TIMING_HEAD } from './timing.ts'

const RUNS = Number(process.argv[2] ?? 20)
/** ms: the text and its changes are there, and the page takes the next key. */
const BAR = 300
const ROOT = dirname(import.meta.dirname)

/** In the page: waits for the whole text and its changes, then until they are painted and nothing else runs. */
const INTERACTIVE = `
  const frame = () => new Promise(requestAnimationFrame)
  const isThere = () =>
    document.querySelectorAll('#review-reading .prose > *').length === ${PARAGRAPHS} &&
    document.querySelector('.changes-pane .field-diff') !== null
  while (!isThere()) await frame()
  await frame()
  await new Promise(done => setTimeout(done))
  return performance.now() - start`
const PRESS = `document.activeElement.dispatchEvent(
  new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true }))`

spawnSync(process.execPath, [join(ROOT, 'tools', 'build-page.js')], { stdio: 'inherit' })
printMachine()
const t = await makeApp()
const [expert, market, service] = await Promise.all([
  t.signIn('expert'),
  t.signIn('reviewer', 'market'),
  t.signIn('reviewer', 'service'),
])
const review = await longReview(t, expert, [market, service])
const address = await t.app.listen({ host: '127.0.0.1', port: 0 })
const browser = await openBrowser()
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
const [name = '', value = ''] = market.cookie.split('=')
await page.context().addCookies([{ name, value, url: address }])

const table: string[][] = []
for (const [what, run] of [
  ['Enter in the queue', fromQueue],
  ['its address in a tab that is new', byAddress],
] as const) {
  await run()
  const times: number[] = []
  for (let n = 0; n < RUNS; n++) times.push(await run())
  table.push([...timingRow(what, timingOf(times)), String(BAR)])
}
printTable(
  `A review of ${PARAGRAPHS} paragraphs and its changes, until it takes the next key`,
  [...TIMING_HEAD, 'bar'],
  table,
)
await browser.close()
await t.close()

/** From the key on; the queue has been looked at for a second, as one does. */
async function fromQueue(): Promise<number> {
  await page.goto(`${address}/reviews`)
  await page.locator('#review-queue:focus [role=option]').waitFor()
  await page.waitForTimeout(1_000)
  return page.evaluate(`(async () => { const start = performance.now(); ${PRESS}; ${INTERACTIVE} })()`)
}

/** From the moment the browser sets out for the address on: page, session and review are still to come. */
async function byAddress(): Promise<number> {
  await page.goto(`${address}/reviews/${review}`, { waitUntil: 'commit' })
  return page.evaluate(`(async () => { const start = 0; ${INTERACTIVE} })()`)
}
