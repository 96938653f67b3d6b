import type { QuestionDraft, QuestionOutlook } from '#server/contract/question.ts'
import type { Deps } from '#server/deps.ts'
import { iso } from '#server/platform/kernel/clock.ts'
import { maskNumbers, personalIn } from '#server/platform/text/personal.ts'
import { ownCall } from '#server/calls/index.ts'
import { requireAnyRole, type Actor } from '#server/people/index.ts'
import { guess, safetySay, type Nearest } from './guess.ts'
import type { NearQuestions } from './near.ts'
import { questionPolicyOf, routingOf } from './policy.ts'
import { dueFrom, moreUrgent } from './rules.ts'
import { urgencyOf } from './urgency.ts'

type Knowing = Pick<Deps, 'db' | 'clock'> & { near: NearQuestions; nearest: Nearest }

/** What raising a text would come to, before it is raised. Refuses `call.not_found`. */
export async function outlookOf(
  { db, clock, near, nearest }: Knowing,
  actor: Actor,
  { text, callId, ...chosen }: QuestionDraft,
): Promise<QuestionOutlook> {
  requireAnyRole(actor)
  if (callId !== undefined) ownCall(db, actor, callId)
  const now = clock()
  const { category: guessed, entries } = await guess(db, now, nearest, text)
  const category = chosen.category ?? guessed
  const urgency = moreUrgent(urgencyOf(text), chosen.urgency ?? 'normal')
  return {
    category,
    department: routingOf(db, category).lead,
    urgency,
    dueAt: iso(dueFrom(questionPolicyOf(db), now, urgency, category)),
    safety: await safetySay(db, now, nearest, text),
    personal: personalIn(text),
    masked: maskNumbers(text),
    candidates: await near.near(text),
    entries,
  }
}
