import { once } from 'node:events'
import { actorById } from '#server/people/index.ts'
import { openDb, write } from '#server/platform/db/db.ts'
import { Refusal } from '#server/platform/kernel/refusal.ts'
import { castVote } from '#server/reviews/voting.ts'

/** A process with a connection of its own: says that it is ready, and casts one approving vote when it is told to. */
const [path = '', now, personId, reviewId] = process.argv.slice(2)
const db = openDb(path)
process.stdout.write('ready\n')
await once(process.stdin, 'data')
process.stdout.write(attempt())
db.$client.close()
process.stdin.destroy()

function attempt(): string {
  try {
    const actor = actorById(db, Number(personId))!
    return write(db, tx => castVote(tx, Number(now), actor, Number(reviewId), { verdict: 'approve' }))
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}
