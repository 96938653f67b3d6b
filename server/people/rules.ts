import type { Role } from '#server/contract/lists.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'

/** The person on whose behalf a command or query runs. */
export interface Actor {
  id: number
  name: string
  workNo: string
  department: string
  roles: readonly Role[]
  /** The IP address the request came from; absent when no request is behind it. */
  from?: string
}

/** One shift: a browser nobody touched for this long (ms) is signed out. */
export const IDLE_LIMIT = 8 * 3_600_000
/** However busy, a session ends after this long (ms). */
export const SESSION_LIMIT = 24 * 3_600_000

/** Whether a session is still good at `now`. */
export const sessionHolds = (session: { createdAt: number; lastSeenAt: number }, now: number): boolean =>
  now - session.lastSeenAt < IDLE_LIMIT && now - session.createdAt < SESSION_LIMIT

/** Refuses with `right.missing` unless the actor has one of `roles`. */
export function requireRole(actor: Actor, ...roles: Role[]): void {
  if (!roles.some(role => actor.roles.includes(role))) throw new Refusal('right.missing')
}

/** Refuses with the weak point unless `password` is fit to guard an account: 10 characters and not the work number. */
export function requireFitPassword(password: string, workNo: string): void {
  const weak = [...password].length < 10 || password.includes(workNo)
  if (weak)
    throw new Refusal('request.invalid', [
      { path: 'body.password', message: 'at least 10 characters, without the work number' },
    ])
}

/** Refuses with `right.missing` someone who has no role at all. */
export function requireAnyRole(actor: Actor): void {
  if (actor.roles.length === 0) throw new Refusal('right.missing')
}
