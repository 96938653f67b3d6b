import { afterEach, expect, it, vi } from 'vitest'
import { verify } from '../../../web/entries/actions.ts'
import { chosenVerification, verifications } from '../../../web/entries/lists.ts'
import { toasts } from '../../../web/ui/toasts.ts'
import { stubServer } from '../server-stub.ts'

afterEach(() => vi.unstubAllGlobals())

it('names the day of the next verification in China, also when it falls in the small hours', async () => {
  stubServer({ 'POST /api/entries/7/verifications': () => ({ verifyBy: '2027-05-20T17:30:00.000Z' }) })
  const entry = { id: 7, kind: 'answer' as const, topic: '电费', title: '电费怎么算？' }
  verifications.value = [
    { entry, department: 'market', verifyBy: '2026-11-22T00:00:00Z', overdueDays: 0, openings: 1, weight: 2 },
  ]
  chosenVerification.at.value = 0
  await verify()
  expect(toasts.value.at(-1)).toMatchObject({ values: { day: '2027-05-21' } })
})
