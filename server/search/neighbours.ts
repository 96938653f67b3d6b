import { figuresIn } from './figures.ts'
import type { Neighbours } from '#server/contract/writing.ts'
import type { Deps } from '#server/deps.ts'
import { plainText } from '#server/platform/markdown/render.ts'
import { linkOf, searchableEntries, type SearchableEntry } from '#server/entries/index.ts'
import type { Actor } from '#server/people/index.ts'
import { revisionView } from '#server/reviews/index.ts'
import { entryDocumentId } from './documents.ts'

const NEAREST = 8

/**
 * What stands near a draft among the entries in force: the nearest by search, those citing the same source, and numbers
 * of one unit that differ within its topic and company. Refuses `revision.not_found` to who may not see the draft.
 */
export async function neighboursOf(
  { db, engine, clock }: Deps,
  actor: Actor,
  revisionId: number,
): Promise<Neighbours> {
  const now = clock()
  const draft = revisionView(db, now, actor, revisionId)
  const text = [draft.standardQuestion, ...draft.similarQuestions].join(' ').slice(0, 400)
  const hits = text.trim() === '' ? [] : (await engine.search({ text, limit: NEAREST + 1, offset: 0 })).hits
  const scores = new Map(hits.map(hit => [hit.id, hit.score]))
  const nearIds = hits
    .filter(hit => hit.id.startsWith('entry:') && hit.id !== entryDocumentId(draft.entryId))
    .map(hit => Number(hit.id.slice(6)))
  const others = searchableEntries(db, now).filter(one => one.entryId !== draft.entryId)
  const near = others
    .filter(one => nearIds.includes(one.entryId))
    .map(one => ({ ...linkOf(one), score: scores.get(entryDocumentId(one.entryId)) ?? 0 }))
  const sources = new Set(draft.basis.map(one => one.sourceId))
  const sameSource = others.filter(one => one.basis.some(cited => sources.has(cited.sourceId))).slice(0, 20)
  return {
    near: near.toSorted((a, b) => b.score - a.score).slice(0, NEAREST),
    sameSource: sameSource.map(linkOf),
    figures: contradictions(draft, others),
  }
}

type Draft = Pick<SearchableEntry, 'say' | 'body' | 'topic' | 'scope'>

function contradictions(draft: Draft, others: readonly SearchableEntry[]): Neighbours['figures'] {
  const here = figuresIn(`${draft.say}\n${plainText(draft.body)}`)
  const alike = others.filter(one => one.topic === draft.topic && one.scope.company === draft.scope.company)
  return alike.flatMap(one => {
    const there = figuresIn(`${one.say}\n${plainText(one.body)}`)
    return [...here].flatMap(([unit, values]) => {
      const theirs = there.get(unit)
      const shared = !theirs || [...values].some(value => theirs.has(value))
      return shared
        ? []
        : [{ entry: linkOf(one), unit, here: [...values].join('、'), there: [...theirs].join('、') }]
    })
  })
}
