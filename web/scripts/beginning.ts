import type { BeginningQuery } from '#server/contract/script-use.ts'
import type { ScriptDraft } from '#server/contract/script.ts'
import { call, complain } from '../api/index.ts'
import { go, writingAddress } from './place.ts'

/** What a new script can begin from. */
export const BEGINNINGS = ['empty', 'script', 'process', 'question', 'file'] as const
export type Beginning = (typeof BEGINNINGS)[number]

/** Something found that a script can begin from. */
export interface Found {
  id: number
  title: string
  note: string
}

/** Finds scripts or processes in force, or answered questions, by words. */
export async function findBeginnings(from: Beginning, q: string, signal: AbortSignal): Promise<Found[]> {
  if (from === 'question') return answeredQuestions(q, signal)
  const kind = from === 'script' ? 'script' : 'process'
  const { hits } = await call('GET /api/search', { query: { q, kind, limit: 20 }, signal })
  return hits.map(hit => ({ id: hit.id, title: hit.title, note: hit.topic }))
}

const ANSWERED = ['answered', 'published', 'closed'] as const

async function answeredQuestions(q: string, signal: AbortSignal): Promise<Found[]> {
  const lists = await Promise.all(
    ANSWERED.map(state => call('GET /api/questions', { query: { state, limit: 100 }, signal })),
  )
  const found = lists.flatMap(one => one.questions).filter(one => one.text.includes(q))
  return found.map(({ id, text, category }) => ({ id, title: text, note: category }))
}

/** The parameter by which a beginning is asked for. */
const PARAMETER = { script: 'scriptId', process: 'entryId', question: 'questionId' } as const

/** The draft that something found gives. */
export async function draftFrom(from: keyof typeof PARAMETER, id: number): Promise<ScriptDraft> {
  const query: BeginningQuery = { [PARAMETER[from]]: id }
  return (await call('GET /api/script-beginnings', { query })).draft
}

/** Begins a script and opens it. */
export async function begin(draft: ScriptDraft): Promise<void> {
  const { revisionId } = await call('POST /api/scripts', { body: draft })
  go(writingAddress(revisionId))
}

/** Takes a file over as a draft and opens it. */
export async function beginFromFile(markdown: string): Promise<void> {
  const { revisionId } = await call('POST /api/script-imports', { body: { markdown } })
  go(writingAddress(revisionId))
}

const OPEN: readonly string[] = ['draft', 'returned', 'in_review']

/** Begins a revision of a script in force; one's own that is still open is taken up again. */
export async function beginRevision(scriptId: number): Promise<void> {
  await complain(async () => {
    const { revisions } = await call('GET /api/revisions', { query: { limit: 100 } })
    const own = revisions.find(one => one.entryId === scriptId && OPEN.includes(one.state))
    if (own) return go(writingAddress(own.id))
    const { revisionId } = await call('POST /api/entries/:id/revisions', { params: { id: scriptId } })
    go(writingAddress(revisionId))
  })
}
