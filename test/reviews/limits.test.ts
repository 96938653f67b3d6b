import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Problem } from '#server/contract/shapes.ts'
import { makeApp, type Client, type TestApp } from '../support/app.ts'
import { begin, DRAFT, refusal, revisionOf, save } from '../support/committee.ts'

let t: TestApp
let expert: Client
beforeEach(async () => {
  t = await makeApp()
  onTestFinished(t.close)
  expert = await t.signIn('expert')
})

describe('what is too large is refused with the limit named', () => {
  test.each([
    [
      '10,000 wordings',
      { similarQuestions: Array.from({ length: 10_000 }, (_, n) => `停电${n}`) },
      'body.similarQuestions',
      '50',
    ],
    ['a body over 50,000 characters', { body: '停'.repeat(50_001) }, 'body.body', '50000'],
    ['a 口径 over 200 characters', { say: '停'.repeat(201) }, 'body.say', '200'],
    ['21 citations', { basis: Array.from({ length: 21 }, () => ({ sourceId: 1 })) }, 'body.basis', '20'],
  ])('%s', async (_, text, path, limit) => {
    const { revisionId } = await begin(expert)
    const replies = [
      await expert.post('/api/entries', { ...DRAFT, ...text }),
      await save(t, expert, revisionId, text),
    ]
    for (const reply of replies) {
      expect(refusal(reply)).toEqual([400, 'request.invalid'])
      expect(reply.json<Problem>().fields).toMatchObject([{ path, message: expect.stringContaining(limit) }])
    }
    expect(await revisionOf(expert, revisionId)).toMatchObject({ version: 1 })
  })

  test('a body of 5 MB', async () => {
    const reply = await expert.post('/api/entries', { ...DRAFT, body: '停'.repeat(5_000_000 / 3) })
    expect(refusal(reply)).toEqual([413, 'request.too_large'])
    expect(reply.json<Problem>().fields).toEqual([
      { path: 'body', message: expect.stringContaining('1048576') },
    ])
  })
})
