import type { EntryLink } from '#server/contract/entry.ts'
import type { Category } from '#server/contract/lists.ts'
import type { QuestionOutlook } from '#server/contract/question.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { linkOf, publishedRevisions, type PublishedRevision } from '#server/entries/index.ts'
import { SAFETY_SAY, urgencyOf } from './urgency.ts'

/** Ids of the approved entries nearest to a text, best first, of one category when it is named; app.ts passes it in. */
export type Nearest = (text: string, category?: Category) => Promise<{ ids: number[]; confident: boolean }>

/** What the entries in force near a question tell about it. */
export interface Guess {
  category: Category
  topic: string
  entries: EntryLink[]
}

const SAFETY: Category = '供电安全'
const UNKNOWN: Category = '其它'
/** How many of the nearest entries decide, and how many are shown. */
const DECIDING = 5
const SHOWN = 5

/** Guesses what a question is about from the entries nearest to it; danger to a person is always 供电安全. */
export async function guess(db: Reader, now: number, nearest: Nearest, text: string): Promise<Guess> {
  const { ids } = await nearest(text)
  const near = inOrder(publishedRevisions(db, now, ids), ids)
  const category = urgencyOf(text) === 'safety' ? SAFETY : mostOften(near.slice(0, DECIDING))
  const topic = near.find(one => one.category === category)?.topic ?? category
  return { category, topic, entries: near.slice(0, SHOWN).map(linkOf) }
}

/** The category of most of the entries; the nearer one counts more. */
function mostOften(near: readonly PublishedRevision[]): Category {
  const worth = new Map<Category, number>()
  near.forEach(({ category }, rank) => worth.set(category, (worth.get(category) ?? 0) + 1 / (rank + 1)))
  const [best] = [...worth].toSorted(([, a], [, b]) => b - a)
  return best?.[0] ?? UNKNOWN
}

const inOrder = (found: readonly PublishedRevision[], ids: readonly number[]): PublishedRevision[] =>
  found.toSorted((a, b) => ids.indexOf(a.entryId) - ids.indexOf(b.entryId))

/** What is to be said at once where a person may come to harm: the nearest approved entry's say, else a sentence of ours. */
export async function safetySay(
  db: Reader,
  now: number,
  nearest: Nearest,
  text: string,
): Promise<QuestionOutlook['safety']> {
  if (urgencyOf(text) !== 'safety') return null
  const { ids, confident } = await nearest(text, SAFETY)
  const [found] = confident ? inOrder(publishedRevisions(db, now, ids), ids) : []
  return found ? { entryId: found.entryId, say: found.say } : { entryId: null, say: SAFETY_SAY }
}
