import type { ReviewKind, ReviewState } from '#server/contract/lists.ts'

/** A text as it was last saved; times in ms. */
export interface Draft {
  id: number
  entryId: number
  /** Who began it, as a number of the world's people. */
  author: number
  text: number
  owner: string
  category: string
  validFrom: number
  validUntil: number
}

/** A review as it was answered; `draft` is what was submitted. */
export interface OpenReview {
  id: number
  kind: ReviewKind
  draft: Draft
  required: string[]
  /** Those of them that were called in, in this round or one before. */
  calledIn: string[]
  minimum: number
  state: ReviewState
}

/** A publication as it was answered; `until` is when the fast lane lapses, or has ended. */
export interface Published {
  review: OpenReview
  at: number
  until: number
}

/** What must be so by the answers the service gave, without a look at how it comes to them. */
export class Model {
  readonly drafts: Draft[] = []
  readonly reviews: OpenReview[] = []
  readonly published: Published[] = []
  /** Entries taken out of force, with how many publications there had been of all. */
  readonly retired: { entryId: number; after: number }[] = []
  policy: { departments: readonly string[]; minimum: number } = { departments: [], minimum: 2 }
  /** Whether a policy has ever hidden something: then less may be seen than is in force, never more. */
  isHiding = false

  /** What is in force of an entry at `now`, if anything is. */
  inForce(entryId: number, now: number): Published | undefined {
    const retiredAfter = Math.max(
      0,
      ...this.retired.filter(one => one.entryId === entryId).map(one => one.after),
    )
    const begins = (one: Published) => Math.max(one.at, one.review.draft.validFrom)
    const [last] = this.published
      .filter(one => one.review.draft.entryId === entryId && begins(one) <= now && now < one.until)
      .toSorted((a, b) => begins(b) - begins(a) || this.published.indexOf(b) - this.published.indexOf(a))
    const isOver = !last || this.published.indexOf(last) < retiredAfter || last.review.draft.validUntil <= now
    return isOver ? undefined : last
  }

  opened(id: number, draft: Draft, kind: ReviewKind): void {
    const safety = draft.category === '供电安全' ? ['safety'] : []
    const before = this.reviews.findLast(one => one.draft.id === draft.id && one.kind === kind)
    const calledIn = [...(before?.calledIn ?? [])]
    const required = [draft.owner, ...this.policy.departments, ...safety, ...calledIn]
    this.reviews.push({
      id,
      kind,
      draft: { ...draft },
      required,
      calledIn,
      minimum: this.policy.minimum,
      state: 'in_review',
    })
  }

  /** Takes over what a vote was answered with. */
  voted(review: OpenReview, state: ReviewState, now: number): void {
    review.state = state
    const { entryId } = review.draft
    if (state === 'returned' && review.kind === 'publication')
      for (const one of this.published)
        if (one.review === review && one.until !== Infinity) one.until = Math.min(one.until, now)
    if (state === 'approved' && review.kind === 'publication')
      this.published.push({ review, at: now, until: Infinity })
    if (state === 'approved' && review.kind === 'retirement')
      this.retired.push({ entryId, after: this.published.length })
  }
}
