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
