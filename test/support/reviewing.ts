import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Service } from './service.ts'

/** Opens the review of a text from the queue as it is now. */
export async function openReview(page: Page, service: Service, title: string): Promise<void> {
  await page.goto(`${service.address}/reviews`)
  await page.locator('#review-queue:focus [role=option]', { hasText: title }).waitFor()
  await page.keyboard.press('Enter')
  await page.locator('#review-reading:focus', { hasText: title }).waitFor()
}

/** Ticks everything on the list by its number and approves. */
export async function approve(page: Page): Promise<void> {
  const checks = await page.locator('.decision-pane [type=checkbox]').count()
  expect(checks).toBeGreaterThan(5)
  for (let number = 1; number <= checks; number++) await page.keyboard.press(String(number))
  await page.keyboard.press('a')
  await page.locator('.why').waitFor()
}
