import type { Tx } from '#server/platform/db/db.ts'
import { recordAudit } from '#server/platform/kernel/records.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { authorsOf, dropAuthor, nameAuthor, requireWriter, revisionRow } from '#server/entries/index.ts'
import { actorById, type Actor } from '#server/people/index.ts'
import { requireEditable } from './commands.ts'
import { roundsOf } from './queries.ts'

/** So many people may stand under a revision. */
const MOST_AUTHORS = 20

/**
 * Makes an expert of any department a co-author of a draft: they may write on it and can no longer vote on it. An author
 * may; naming twice is naming once. Refuses `person.not_found` for anybody else, and as a save does.
 */
export function addCoAuthor(tx: Tx, now: number, actor: Actor, revisionId: number, personId: number): void {
  requireOwnDraft(tx, actor, revisionId)
  if (!actorById(tx, personId)?.roles.includes('expert')) throw new Refusal('person.not_found')
  const authors = authorsOf(tx, revisionId)
  if (authors.some(author => author.id === personId)) return
  if (authors.length >= MOST_AUTHORS)
    throw new Refusal('request.invalid', [
      { path: 'params.personId', message: `a revision has ${MOST_AUTHORS} authors at most` },
    ])
  nameAuthor(tx, revisionId, personId, actor.id)
  recordAudit(tx, now, actor, 'author.added', `revision:${revisionId}`, { note: `person:${personId}` })
}

/**
 * Takes a co-author away again who has written nothing and under whose name nothing was submitted: anybody else stays an
 * author and so never votes on the text. Refuses `revision.author_stays`, `person.not_found`, and as a save does.
 */
export function removeCoAuthor(
  tx: Tx,
  now: number,
  actor: Actor,
  revisionId: number,
  personId: number,
): void {
  requireOwnDraft(tx, actor, revisionId)
  const author = authorsOf(tx, revisionId).find(one => one.id === personId)
  if (!author) throw new Refusal('person.not_found')
  const wasSubmitted = roundsOf(tx, revisionId, 'publication').length > 0
  if (author.hasWritten || wasSubmitted) throw new Refusal('revision.author_stays')
  dropAuthor(tx, revisionId, personId)
  recordAudit(tx, now, actor, 'author.removed', `revision:${revisionId}`, { note: `person:${personId}` })
}

function requireOwnDraft(tx: Tx, actor: Actor, revisionId: number): void {
  requireWriter(actor)
  revisionRow(tx, revisionId)
  const isAuthor = authorsOf(tx, revisionId).some(author => author.id === actor.id)
  if (!isAuthor) throw new Refusal('revision.not_found')
  requireEditable(tx, revisionId)
}
