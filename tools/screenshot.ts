import { dirname, join } from 'node:path'
import type { Browser } from 'playwright-core'
import { openBrowser, tabTo } from '../test/support/browser.ts'
import { startService } from '../test/support/service.ts'

/** `npm run screenshot`: writes docs/desk.png, the desk in the middle of a call, from a demo that is started for it. */
const PICTURE = join(dirname(import.meta.dirname), 'docs', 'desk.png')

const service = await startService()
const browser = await openBrowser()
try {
  await takePicture(service.address, browser)
  console.log(`wrote ${PICTURE}`)
} finally {
  await browser.close()
  await service.remove()
}

async function takePicture(address: string, from: Browser): Promise<void> {
  const page = await from.newPage({
    viewport: { width: 1440, height: 900 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  await page.goto(`${address}/desk?callid=picture&callerNum=13800001234&area=${encodeURIComponent('东城区')}`)
  await tabTo(page.locator('[data-persona=agent]'))
  await page.keyboard.press('Enter')
  await page.locator('#desk-box').fill('停电把冰箱烧坏了')
  await page.locator('.hit').first().waitFor()
  await page.keyboard.press('Enter')
  await page.locator('main .say').waitFor()
  await page.waitForTimeout(1_000)
  await page.screenshot({ path: PICTURE })
}
