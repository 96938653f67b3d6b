import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** What a page may be shown in besides light: it changes colours alone, so only what is said of colours can be broken. */
export const THEMES = {
  dark: { colorScheme: 'dark' },
  'high contrast': { contrast: 'more' },
  'high contrast, dark': { colorScheme: 'dark', contrast: 'more' },
  'forced colours': { forcedColors: 'active' },
} satisfies Record<string, Media>

type Media = NonNullable<Parameters<Page['emulateMedia']>[0]>

const LIGHT: Media = { colorScheme: 'light', contrast: 'no-preference', forcedColors: 'none' }
const OF_COLOURS = ['color-contrast', 'link-in-text-block']

/** What axe-core has against the page as it stands: the rule, and the first places with the reason. */
async function violations(page: Page, rules?: string[]): Promise<string[]> {
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(axe.source)
  const found = await page.evaluate(async only => {
    const { axe: inPage } = globalThis as unknown as { axe: typeof import('axe-core') }
    const options = { resultTypes: ['violations' as const], ...(only && { runOnly: only }) }
    return (await inPage.run(options)).violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.slice(0, 3).map(node => [node.target.join(' '), node.failureSummary]),
    }))
  }, rules)
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.join(' ')).join('\n')}`)
}

/** Notes in `found` what axe-core has against a face of the page: by every rule as it is, by those of colours in each theme. */
export async function lookAt(
  page: Page,
  face: string,
  found: Record<string, string[]>,
  themes: readonly (keyof typeof THEMES)[],
): Promise<void> {
  found[face] = await violations(page)
  for (const theme of themes) {
    await show(page, { ...LIGHT, ...THEMES[theme] })
    found[`${face}, ${theme}`] = await violations(page, OF_COLOURS)
  }
  if (themes.length > 0) await show(page, LIGHT)
}

/** Until the page has painted itself anew it may not have heard of the change. */
async function show(page: Page, media: Media): Promise<void> {
  await page.emulateMedia(media)
  await page.evaluate('new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))')
}

/**
 * Looks at one face of a page after another and notes in `found` what axe-core has against it, with `isDark` also in the
 * dark. It opens `path`, presses the keys one after the other, and looks once `shown` is there; a dialog is closed again.
 */
export const looker =
  (page: Page, address: string, found: Record<string, string[]>, isDark: boolean) =>
  async (face: string, shown: string, keys: readonly string[] = [], path?: string): Promise<void> => {
    if (path) await page.goto(`${address}${path}`)
    for (const key of keys) await page.keyboard.press(key)
    await page.locator(shown).first().waitFor()
    await lookAt(page, face, found, isDark ? ['dark'] : [])
    const dialog = page.locator('dialog[open]')
    // a list that is open in it takes the first Escape
    for (let presses = 0; presses < 2 && (await dialog.count()) > 0; presses++)
      await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  }
