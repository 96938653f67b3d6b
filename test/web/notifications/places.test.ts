import { afterEach, describe, expect, it, vi } from 'vitest'
import { addressOf, placeOf } from '../../../web/notifications/places.ts'
import { problem, stubServer } from '../server-stub.ts'
import { told } from './stream.ts'

const review = (kind: string, mayEdit: boolean) => ({ kind, revisionId: 70, revision: { mayEdit } })

afterEach(() => vi.unstubAllGlobals())

describe('a message leads', () => {
  it.each([
    ['review.overdue', 'review:7', '/reviews/7'],
    ['revision.published', 'entry:3', '/desk?entry=3'],
    ['question.routed', 'question:7', '/questions/7'],
    ['question.overdue', 'question:7', '/questions/7'],
    ['notice.posted', 'notice:2', '/desk?notice=2'],
    ['source.superseded', 'source:5', '/entries/sources/5'],
    ['feedback.given', 'entry:3', '/entries/tasks'],
    ['verification.due', 'entry:3', '/entries/verifications'],
  ] as const)('%s of %s to %s', async (event, subject, address) => {
    expect(addressOf(told(1, { event, subject }))).toBe(address)
    expect(await placeOf(told(1, { event, subject }))).toBe(address)
  })

  it('nowhere once what it named may no longer be shown', () => {
    expect(addressOf(told(1, { title: null }))).toBeNull()
  })
})

describe('what was returned leads', () => {
  const returned = told(1, { event: 'review.returned', subject: 'review:7' })
  const placeWith = (answer: unknown) => {
    stubServer({ 'GET /api/reviews/7': () => answer })
    return placeOf(returned)
  }

  it('to the draft, where its reasons are', async () =>
    expect(await placeWith(review('publication', true))).toBe('/entries/revisions/70'))

  it('to the review when it was a retirement, is no longer to be edited, or may no longer be read', async () => {
    for (const answer of [
      review('retirement', true),
      review('publication', false),
      problem('review.not_found', 404),
    ])
      expect(await placeWith(answer)).toBe('/reviews/7')
  })
})
