import { say } from '../ui/toasts.ts'
import { isAborted, wordingOf } from './problem.ts'

/** Does `work` and says what went wrong; what was given up on purpose passes silently. */
export async function complain(work: () => Promise<void>): Promise<void> {
  const wrong = await attempt(work)
  if (wrong) say(wrong, { tone: 'bad' })
}

/** Does `work` and gives the key that words what went wrong; undefined when all went well or it was given up. */
export async function attempt(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    return isAborted(error) ? undefined : wordingOf(error)
  }
}
