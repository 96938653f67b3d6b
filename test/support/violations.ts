import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** What axe-core has against the page as it stands: the rule, and the first places with the reason. */
export async function violations(page: Page, rules?: string[]): Promise<string[]> {
  await page.evaluate(axe.source)
  const found = await page.evaluate(async only => {
    const { axe: inPage } = globalThis as unknown as { axe: typeof import('axe-core') }
    return (await inPage.run(only ? { runOnly: only } : {})).violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.slice(0, 3).map(node => [node.target.join(' '), node.failureSummary]),
    }))
  }, rules)
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.join(' ')).join('\n')}`)
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
    found[face] = await violations(page)
    if (isDark) {
      await page.emulateMedia({ colorScheme: 'dark' })
      found[`${face}, dark`] = await violations(page, ['color-contrast'])
      await page.emulateMedia({ colorScheme: 'light' })
    }
    const dialog = page.locator('dialog[open]')
    // a list that is open in it takes the first Escape
    for (let presses = 0; presses < 2 && (await dialog.count()) > 0; presses++)
      await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  }
