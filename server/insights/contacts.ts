import { sql } from 'drizzle-orm'
import type { Category, Verdict } from '#server/contract/lists.ts'
import type { Reader } from '#server/platform/db/db.ts'

/** What a contact with a customer is attributed to; null where nothing tells. */
export interface Attribution {
  entryId: number | null
  scriptId: number | null
  topic: string | null
  category: Category | null
  department: string | null
}

/** A call as the figures need it; times in ms, numbers as keyed hashes. */
export interface CallContact extends Attribution {
  id: number
  personId: number
  at: number
  caller: string | null
  account: string | null
  /** The last word on it. */
  verdict: Verdict | null
  /** Whether that names an approved entry or script. */
  named: boolean
  /** The first question raised in it. */
  questionId: number | null
  /** Whether anything was searched, read or followed in it. */
  consulted: boolean
}

/**
 * Calls begun in [start, end), each attributed to the revision its last outcome rested on, of the entry before that of the
 * script; without one to the topic the telephone system gave and to where the question raised in it went. Its script is that of
 * the outcome, else the one followed last.
 */
export const callContacts = (db: Reader, start: number, end: number): CallContact[] =>
  db
    .all<Omit<CallContact, 'consulted' | 'named'> & { consulted: number; named: number }>(
      sql`select c.id, c.person_id personId, c.started_at at, c.caller_hash caller, c.account_hash account,
        o.verdict, o.entry_id entryId, coalesce(o.entry_id, o.script_id) is not null named, q.id questionId, coalesce(r.topic, c.topic) topic,
        coalesce(o.script_id, (select s.script_id from script_step s where s.call_id = c.id order by s.id desc limit 1)) scriptId,
        coalesce(r.category, l.category) category, coalesce(r.owner_department, l.department) department,
        exists (select 1 from call_search s where s.call_id = c.id)
          or exists (select 1 from entry_opening e where e.call_id = c.id)
          or exists (select 1 from script_step s where s.call_id = c.id) consulted
      from call c
      left join call_outcome o on o.id = (select max(id) from call_outcome where call_id = c.id)
      left join revision r on r.id = coalesce(o.revision_id, o.script_revision_id)
      left join question q on q.id = (select min(id) from question where call_id = c.id)
      left join question l on l.id = coalesce(q.lead_id, q.id)
      where c.started_at >= ${start} and c.started_at < ${end}`,
    )
    .map(row => ({ ...row, consulted: row.consulted === 1, named: row.named === 1 }))

/** A customer who was called back and reached, by the last such try. */
export interface CallbackContact extends Attribution {
  questionId: number
  callId: number | null
  personId: number
  at: number
  solved: boolean
}

/** Call-backs reached in [start, end), attributed to what was told, else to where their question went. */
export const callbackContacts = (db: Reader, start: number, end: number): CallbackContact[] =>
  db
    .all<Omit<CallbackContact, 'solved'> & { solved: number }>(
      sql`select q.id questionId, q.call_id callId, t.person_id personId, t.at at, coalesce(t.solved, 0) solved,
        r.entry_id entryId, null scriptId, r.topic topic, coalesce(r.category, l.category) category,
        coalesce(r.owner_department, l.department) department
      from callback_try t
      join callback b on b.id = t.callback_id
      join question q on q.id = b.question_id
      join question l on l.id = coalesce(q.lead_id, q.id)
      left join revision r on r.id = t.revision_id
      where t.at >= ${start} and t.at < ${end}
        and t.id = (select max(id) from callback_try where callback_id = b.id and result = 'reached')`,
    )
    .map(row => ({ ...row, solved: row.solved === 1 }))
