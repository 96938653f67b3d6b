/** The server's messages are for programs: those a writer can meet have words of their own. */
const WORDED: readonly (readonly [message: RegExp, key: string])[] = [
  [/^required$/u, 'write.fault.required'],
  [/must cite its source/u, 'write.fault.basis'],
  [/must be in the future/u, 'write.fault.past'],
  [/must be after validFrom/u, 'write.fault.order'],
  [/must not hold an empty wording/u, 'write.fault.emptyWording'],
  [/not have more than|columns at most/iu, 'write.fault.tooMuch'],
  [/control character/u, 'write.fault.control'],
]

/** Words why a field of a text was refused: a key of the locale files that takes the field's name and the limit passed. */
export function faultWording(message: string): { key: string; count: string } {
  const key = WORDED.find(([pattern]) => pattern.test(message))?.[1] ?? 'write.fault.other'
  return { key, count: /\d+/u.exec(message)?.[0] ?? '' }
}
