import { inflate } from '@sparticuz/chromium'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { chromium as playwright, type Browser, type Locator, type Page } from 'playwright-core'

/** Where the browser of the package lies unpacked: with everything else that is installed, so that nothing goes stale. */
const WORKPLACE = join(dirname(dirname(import.meta.dirname)), 'node_modules', '.firstline')

/** The machine's fonts, and the package's for a machine that has none: without any font Chromium does not start. */
const fontSettings = (home: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${home}/fonts</dir>
  <cachedir>${home}/font-cache</cachedir>
</fontconfig>
`

/** A real Chromium, from a package: it needs nothing of the machine but glibc. Close it when done. */
export async function openBrowser(): Promise<Browser> {
  const home = await unpackedBrowser()
  return playwright.launch({
    executablePath: join(home, 'chromium'),
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(home, 'al2023', 'lib'),
      FONTCONFIG_FILE: join(home, 'fonts.conf'),
    },
  })
}

/** The folder of the unpacked browser; whole or not there, also when two unpack at once. */
async function unpackedBrowser(): Promise<string> {
  const chromium = dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')))
  const { version } = JSON.parse(readFileSync(join(chromium, 'package.json'), 'utf8')) as { version: string }
  const home = join(WORKPLACE, `chromium-${version}`)
  if (existsSync(home)) return home
  mkdirSync(WORKPLACE, { recursive: true })
  const fresh = mkdtempSync(`${home}-`)
  await unpack(join(chromium, 'bin'), fresh)
  writeFileSync(join(fresh, 'fonts.conf'), fontSettings(home))
  try {
    renameSync(fresh, home)
  } catch {
    rmSync(fresh, { recursive: true, force: true })
  }
  return home
}

/** The package unpacks into the folder for temporary files, wherever that is at the moment of the call. */
async function unpack(archives: string, into: string): Promise<void> {
  const before = process.env.TMPDIR
  process.env.TMPDIR = into
  const names = ['chromium.br', 'al2023.tar.br', 'fonts.tar.br']
  const unpacking = Promise.all(names.map(name => inflate(join(archives, name))))
  if (before === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = before
  await unpacking
}

/**
 * Writes `text` into the focused field as an input method does: the keys of `typed` appear one by one as a composition
 * that is not yet text, then `text` replaces it.
 */
export async function compose(page: Page, typed: string, text: string): Promise<void> {
  const client = await page.context().newCDPSession(page)
  for (let end = 1; end <= typed.length; end++) {
    const shown = typed.slice(0, end)
    await client.send('Input.imeSetComposition', { text: shown, selectionStart: end, selectionEnd: end })
  }
  await client.send('Input.insertText', { text })
  await client.detach()
}

/** Chooses the option with `value` of a select by its keys, from the first one down. */
export async function chooseIn(select: Locator, value: string): Promise<void> {
  await tabTo(select)
  await select.press('Home')
  for (let presses = 0; presses < 20; presses++) {
    if ((await select.inputValue()) === value) return
    await select.press('ArrowDown')
  }
  throw new Error(`${value} is not offered by ${select}`)
}

/** Presses Tab, or Shift+Tab, until the focus is on `target`, as a person without a mouse does. */
export async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const page = target.page()
  const focused = target.and(page.locator(':focus'))
  for (let presses = 0; presses < 60; presses++) {
    if ((await focused.count()) > 0) return
    await page.keyboard.press(key)
  }
  throw new Error(`Tab does not reach ${target}`)
}
