import type { NotificationEvent } from '#server/contract/lists.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { actorById, peopleWith } from '#server/people/index.ts'
import { callbackAsking, questionAskings, questionRow } from '#server/questions/index.ts'
import type { Audience, Telling } from './audience.ts'

type OfQuestions = Extract<NotificationEvent, `question.${string}` | `callback.${string}`>

/** Whom events of questions and call-backs are told to; askers each under their own asking. */
export const QUESTION_AUDIENCES: Record<OfQuestions, Audience> = {
  'question.routed': (db, _now, subject, id) => {
    const { department, text } = questionRow(db, id)
    return told(whoAnswers(db, department), subject, text)
  },
  'question.overdue': (db, _now, subject, id) => {
    const { department, text, escalation } = questionRow(db, id)
    const members = [...peopleWith(db, ['reviewer'], department), ...peopleWith(db, ['chair'])]
    const people = escalation > 1 ? [...members, ...peopleWith(db, ['supervisor'])] : members
    return told([...new Set(people)], subject, text)
  },
  'question.returned': (db, _now, _subject, id) => askers(db, id),
  'question.refused': (db, _now, _subject, id) => askers(db, id),
  // the title is what is approved of the answer when it is read
  'question.answered': (db, _now, _subject, id) => askers(db, id).map(one => ({ ...one, title: null })),
  'callback.due': (db, _now, subject, id) => {
    const { holderId, text } = callbackAsking(db, id)
    // who left calls nobody; a supervisor hands it over
    return told(actorById(db, holderId) ? [holderId] : peopleWith(db, ['supervisor']), subject, text)
  },
}

/** The experts of a department; where it has none, its reviewers and the chair. */
function whoAnswers(db: Reader, department: string): number[] {
  const experts = peopleWith(db, ['expert'], department)
  if (experts.length > 0) return experts
  return [...new Set([...peopleWith(db, ['reviewer'], department), ...peopleWith(db, ['chair'])])]
}

const askers = (db: Reader, id: number): Telling[] =>
  questionAskings(db, id).map(one => ({
    personId: one.personId,
    subject: `question:${one.id}`,
    title: one.text,
  }))

const told = (people: readonly number[], subject: string, title: string): Telling[] =>
  people.map(personId => ({ personId, subject, title }))
