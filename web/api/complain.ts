import { say } from '../ui/toasts.ts'
import { isAborted, wordingOf } from './problem.ts'

/** Does `work` and says what went wrong; what was given up on purpose passes silently. */
export async function complain(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!isAborted(error)) say(wordingOf(error), { tone: 'bad' })
  }
}
