import { isAborted, wordingOf } from '../api/index.ts'
import { say } from '../ui/toasts.ts'

/** Does `work` and says what went wrong; what was given up on purpose passes silently. */
export async function complain(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!isAborted(error)) say(wordingOf(error), { tone: 'bad' })
  }
}
