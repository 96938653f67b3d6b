import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { tabTo } from './browser.ts'

/** The parts of the writing form, in the order of their keys Alt 1 to 9. */
const SECTIONS = [
  'question',
  'say',
  'body',
  'similar',
  'basis',
  'scope',
  'filing',
  'validity',
  'marks',
] as const

/** Goes to a part of the writing form by its key. */
export async function goToPart(page: Page, part: (typeof SECTIONS)[number]): Promise<void> {
  await page.keyboard.press(`Alt+${SECTIONS.indexOf(part) + 1}`)
}

/** Begins an entry from the list of one's own, and waits until its form can be written in. */
export async function beginWriting(page: Page): Promise<void> {
  await page.locator('.entries-bar [aria-keyshortcuts=N]').waitFor()
  await page.keyboard.press('n')
  await page.locator('#write-standardQuestion:focus').waitFor()
}

/** Writes at the end of a text field of the form. */
export async function writeIn(
  page: Page,
  part: 'question' | 'say' | 'body' | 'similar',
  text: string,
): Promise<void> {
  await goToPart(page, part)
  await page.keyboard.press('Control+End')
  await page.keyboard.insertText(text)
}

/** Cites the document that the words find first, with its clause. */
export async function cite(page: Page, words: string, clause: string): Promise<void> {
  await goToPart(page, 'basis')
  const listed = page.waitForResponse(reply => reply.url().includes(encodeURIComponent(words)))
  await page.keyboard.insertText(words)
  await listed
  await page.locator('.combobox [role=option]', { hasText: words }).first().waitFor()
  await page.keyboard.press('Enter')
  const box = page.locator('.citations input').last()
  await box.waitFor()
  await tabTo(box, 'Shift+Tab')
  await page.keyboard.insertText(clause)
}

/** Submits the text, also past what the form asks to look at once more, and waits for the list. */
export async function submitText(page: Page): Promise<void> {
  await page.keyboard.press('Control+Enter')
  const doubts = page.getByRole('dialog')
  for (let tries = 0; tries < 100 && !page.url().endsWith('/entries'); tries++) {
    if ((await doubts.count()) > 0) await page.keyboard.press('Control+Enter')
    await pause(100)
  }
  await page.waitForURL('**/entries')
}
