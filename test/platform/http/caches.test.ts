import { expect, onTestFinished, test } from 'vitest'
import { makeApp } from '../../support/app.ts'

test.each(['/api/health', '/api/session', '/api/search?q=停电', '/api/nowhere'])(
  '%s is kept by no cache',
  async url => {
    const app = await makeApp()
    onTestFinished(app.close)
    expect((await app.inject(encodeURI(url))).headers['cache-control']).toBe('no-store')
  },
)
