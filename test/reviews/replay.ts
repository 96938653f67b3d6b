import type { Policy } from '#server/contract/policy.ts'
import type { AuditLine } from '#server/platform/kernel/chain.ts'
import { readNote, type Note } from '#server/platform/kernel/ledger.ts'

interface Round {
  kind: string
  revisionId: number
  state: string
  required: string[]
  /** Who said what for which department. */
  votes: [personId: number | null, department: string, verdict: string][]
}

interface Published {
  entryId: number
  revisionId: number
  at: number
  until: number
  /** When the text holds from and ends. */
  validFrom: number
  validUntil: number
  isFast: boolean
  isRetired: boolean
  approvals: string[]
}

const numberIn = (text: string): number => Number(text.slice(text.indexOf(':') + 1))
const instant = (note: Note, name: string, otherwise: number): number =>
  note.has(name) ? Date.parse(note.get(name)!) : otherwise

/** The state that the rows of the audit alone tell, the tables not being looked at. */
export class Replay {
  readonly rounds = new Map<number, Round>()
  readonly policies = new Map<string, Policy>()
  /** The entry of each revision. */
  readonly revisions = new Map<number, number>()
  readonly #published: Published[] = []
  readonly #tasks = new Map<number, { entryId: number; revisionId: number }>()

  constructor(lines: Iterable<AuditLine>) {
    for (const line of lines) this.#readers[line.action]?.(line, readNote(line.note))
  }

  readonly #readers: Record<string, (line: AuditLine, note: Note) => void> = {
    'revision.written': ({ subject }, note) =>
      this.revisions.set(Number(note.get('revision')), numberIn(subject)),
    'review.opened': ({ subject }, note) =>
      this.rounds.set(numberIn(subject), {
        kind: note.get('kind')!,
        revisionId: Number(note.get('revision')),
        state: 'in_review',
        required: note.get('required')!.split(','),
        votes: [],
      }),
    'review.called_in': ({ subject, note }) => {
      const { required } = this.rounds.get(numberIn(subject))!
      if (!required.includes(note!)) required.push(note!)
    },
    'vote.cast': (line, note) => this.#voted(line, note),
    'vote.carried': (line, note) => this.#voted(line, note),
    'review.approved': line => this.#ended(line, 'approved'),
    'review.returned': line => this.#ended(line, 'returned'),
    'review.withdrawn': line => this.#ended(line, 'withdrawn'),
    'revision.published': ({ at, subject }, note) =>
      this.#published.push({
        entryId: numberIn(subject),
        revisionId: Number(note.get('revision')),
        at,
        until: instant(note, 'until', Infinity),
        validFrom: instant(note, 'validFrom', 0),
        validUntil: instant(note, 'validUntil', Infinity),
        isFast: note.has('until'),
        isRetired: false,
        approvals: note.get('approvals')!.split(','),
      }),
    'publication.ended': ({ at }, note) => {
      for (const one of this.#published)
        if (one.isFast && one.revisionId === Number(note.get('revision'))) one.until = Math.min(one.until, at)
    },
    'entry.retired': ({ subject }) => {
      for (const one of this.#published) if (one.entryId === numberIn(subject)) one.isRetired = true
    },
    'task.opened': ({ subject }, note) =>
      this.#tasks.set(Number(note.get('task')), {
        entryId: numberIn(subject),
        revisionId: Number(note.get('revision')),
      }),
    'task.ended': (_, note) => this.#tasks.delete(Number(note.get('task'))),
    'policy.set': ({ subject, note }) => this.policies.set(subject, JSON.parse(note!) as Policy),
  }

  #voted({ subject, personId }: AuditLine, note: Note): void {
    const { votes } = this.rounds.get(numberIn(subject))!
    votes.push([personId, note.get('department')!, note.get('verdict')!])
  }

  #ended({ subject }: AuditLine, state: string): void {
    this.rounds.get(numberIn(subject))!.state = state
  }

  /** The publication of an entry that is in force at `now`. */
  inForce(entryId: number, now: number): Published | undefined {
    const begins = (one: Published) => Math.max(one.at, one.validFrom)
    const [last] = this.#published
      .map((one, index) => ({ one, index }))
      .filter(({ one }) => one.entryId === entryId && begins(one) <= now && now < one.until)
      .toSorted((a, b) => begins(b.one) - begins(a.one) || b.index - a.index)
    return last && !last.one.isRetired && now < last.one.validUntil ? last.one : undefined
  }

  /** Where a revision stands at `now`. */
  stateOf(id: number, now: number): string {
    const own = this.#published.filter(one => one.revisionId === id && (!one.isFast || now < one.until))
    const found = own.find(one => !one.isFast) ?? own[0]
    if (!found) return this.#roundState(id)
    if (this.inForce(found.entryId, now)?.revisionId === id) return 'in_force'
    const all = this.#published.filter(one => one.entryId === found.entryId)
    if (all.every(one => one.isRetired)) return all.at(-1) === found ? 'retired' : 'superseded'
    if (found.validUntil <= now) return 'expired'
    return found.validFrom > now ? 'approved' : 'superseded'
  }

  #roundState(id: number): string {
    const rounds = [...this.rounds.values()].filter(
      one => one.revisionId === id && one.kind === 'publication',
    )
    const state = rounds.at(-1)?.state ?? 'draft'
    return state === 'withdrawn' ? 'draft' : state
  }

  /** Tasks that wait for somebody at `now`. */
  openTasks(now: number): number[] {
    return [...this.#tasks]
      .filter(([, task]) => this.inForce(task.entryId, now)?.revisionId === task.revisionId)
      .map(([id]) => id)
  }
}
