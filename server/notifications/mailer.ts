import type { FastifyBaseLogger } from 'fastify'
import { and, asc, eq, lte } from 'drizzle-orm'
import { createTransport } from 'nodemailer'
import type { Config } from '#server/config.ts'
import type { Deps } from '#server/deps.ts'
import { write, type Reader } from '#server/platform/db/db.ts'
import { outbox } from '#server/platform/kernel/tables.ts'
import { actorById, person } from '#server/people/index.ts'
import { MAIL } from './commands.ts'
import { digestMail, oneMail, type MailText } from './mail-text.ts'
import { digest } from './digest.ts'
import { notificationById } from './queries.ts'
import { MOST_ATTEMPTS, waitAfter } from './rules.ts'
import { notification } from './tables.ts'

/** How long (ms) a mail server may keep silent. */
const PATIENCE = 10_000

type Waiting = typeof outbox.$inferSelect
type Fault = Error & { code?: string; permanent?: boolean; responseCode?: number }

/** Sends the mails that wait in the outbox, one after the other, beside everything else the service does. */
export class Mailer {
  readonly #deps: Pick<Deps, 'db' | 'clock'>
  readonly #from: string
  readonly #log: Pick<FastifyBaseLogger, 'warn'>
  readonly #transport: ReturnType<typeof createTransport>
  readonly #stop = new AbortController()
  #isSending = false

  constructor(
    deps: Pick<Deps, 'db' | 'clock'>,
    { url, from }: NonNullable<Config['mail']>,
    log: Pick<FastifyBaseLogger, 'warn'>,
  ) {
    this.#deps = deps
    this.#from = from
    this.#log = log
    const timeouts = { connectionTimeout: PATIENCE, greetingTimeout: PATIENCE, socketTimeout: PATIENCE }
    this.#transport = createTransport({ url, ...timeouts, disableFileAccess: true, disableUrlAccess: true })
  }

  /**
   * Sends what waits. A row is taken away once the server has accepted its mail; after a crash in between it is sent
   * again under the same Message-ID. What fails waits longer each time; what the server refuses for good is dropped.
   */
  async send(): Promise<void> {
    if (this.#isSending) return
    this.#isSending = true
    try {
      for (let row = this.#next(); row && !this.#stop.signal.aborted; row = this.#next())
        await this.#sendOne(row)
    } finally {
      this.#isSending = false
    }
  }

  close(): void {
    this.#stop.abort()
    this.#transport.close()
  }

  async #sendOne(row: Waiting): Promise<void> {
    const mail = this.#compose(row.subject)
    try {
      if (mail) await this.#transport.sendMail({ ...mail, from: this.#from, signal: this.#stop.signal })
      if (!this.#stop.signal.aborted) this.#drop(row)
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#putOff(row, error as Fault)
    }
  }

  #next(): Waiting | undefined {
    const ready = and(eq(outbox.effect, MAIL), lte(outbox.notBefore, this.#deps.clock()))
    return this.#deps.db.select().from(outbox).where(ready).orderBy(asc(outbox.id)).get()
  }

  /** The mail of a row, or undefined when there is nobody to send it to, or nothing they may see, any more. */
  #compose(subject: string): (MailText & { to: string; messageId: string }) | undefined {
    const { db, clock } = this.#deps
    const letter = letterOf(db, clock(), subject)
    const to = letter && addressOf(db, letter.personId)
    if (!letter || !to) return undefined
    const messageId = `<${subject.replaceAll(':', '.')}@${this.#from.split('@')[1]}>`
    return { subject: letter.subject, text: letter.text, to, messageId }
  }

  #drop(row: Waiting): void {
    write(this.#deps.db, tx => tx.delete(outbox).where(eq(outbox.id, row.id)).run())
  }

  /** Neither the log nor anything else names the person or the server's password. */
  #putOff(row: Waiting, { code, permanent, responseCode }: Fault): void {
    const attempts = row.attempts + 1
    const isOver = attempts >= MOST_ATTEMPTS || (permanent === true && code !== 'EAUTH')
    this.#log.warn({ outbox: row.id, code, responseCode, attempts, isOver }, 'a mail could not be sent')
    if (isOver) return this.#drop(row)
    const notBefore = this.#deps.clock() + waitAfter(attempts)
    write(this.#deps.db, tx =>
      tx.update(outbox).set({ attempts, notBefore }).where(eq(outbox.id, row.id)).run(),
    )
  }
}

const addressOf = (db: Reader, personId: number): string | null | undefined =>
  db.select({ email: person.email }).from(person).where(eq(person.id, personId)).get()?.email

function letterOf(db: Reader, now: number, subject: string): (MailText & { personId: number }) | undefined {
  const [kind, id, day] = subject.split(':')
  if (kind === 'digest') {
    const actor = actorById(db, Number(id))
    return actor && { personId: actor.id, ...digestMail(actor.name, digest(db, now, actor, day!)) }
  }
  const told = db
    .select()
    .from(notification)
    .where(eq(notification.id, Number(id)))
    .get()
  const actor = told?.personId ? actorById(db, told.personId) : undefined
  const one = actor && notificationById(db, now, actor, Number(id))
  return one && { personId: actor.id, ...oneMail(actor.name, one) }
}
