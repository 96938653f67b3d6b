import { command, commandIn, type Command } from '../ui/commands.ts'
import { tickNumber } from './checks.ts'
import { approve } from './decisions.ts'
import { dialog, type DialogName } from './dialogs.ts'
import { isChair } from './seats.ts'
import { stepParagraph } from './paragraphs.ts'
import { goToQueue, goToReview, openId } from './place.ts'
import { reviews } from './queue.ts'
import { bases, paragraph, review, turnBase } from './review.ts'

const isOpen = () => review.value?.state === 'in_review'
const mayVote = () => review.value?.mayVote === true
const show = (name: DialogName) => () => (dialog.value = name)

/** The review `step` places on in the list; the first when the one shown is not in it. */
export function neighbour(step: number): number | undefined {
  const at = reviews.value.findIndex(one => one.id === openId.value)
  if (at < 0) return reviews.value[0]?.id
  return reviews.value[at + step]?.id
}

function go(step: number): void {
  const id = neighbour(step)
  if (id !== undefined) goToReview(id)
}

/** From a paragraph out of it, and then to the queue. */
function back(): void {
  if (paragraph.value !== null) paragraph.value = null
  else goToQueue()
}

const deciding: Command[] = [
  command('review', 'approve', ['a'], approve, { when: mayVote, foot: true }),
  command('review', 'giveBack', ['t'], show('return'), { when: mayVote, foot: true }),
  command('review', 'remark', ['c'], show('remark'), { when: isOpen, foot: true }),
  command('review', 'callIn', ['h'], show('department'), { when: isOpen }),
  command('review', 'fastLane', ['l'], show('fastLane'), { when: () => review.value?.mayFastLane === true }),
  command('review', 'withdraw', ['w'], show('withdraw'), {
    when: () => review.value?.mayWithdraw === true,
  }),
  command('review', 'standIn', ['r'], show('standIn'), { when: () => isOpen() && isChair.value }),
]

const reading: Command[] = [
  command('review', 'nextReview', ['j', 'n'], () => go(1), {
    foot: true,
    when: () => neighbour(1) !== undefined,
  }),
  command('review', 'lastReview', ['k'], () => go(-1), { when: () => neighbour(-1) !== undefined }),
  command('review', 'compare', ['d'], turnBase, { foot: true, when: () => bases.value.length > 1 }),
  command(
    'review',
    'tick',
    [1, 2, 3, 4, 5, 6, 7, 8, 9].map(String),
    event => tickNumber(Number(event?.key.normalize('NFKC')) - 1),
    { shownKeys: ['1–9'], keyboardOnly: true, foot: true, when: mayVote },
  ),
  command('review', 'nextParagraph', [']'], () => stepParagraph(1), { repeats: true, keyboardOnly: true }),
  command('review', 'lastParagraph', ['['], () => stepParagraph(-1), { repeats: true, keyboardOnly: true }),
  command('review', 'basis', ['b'], show('basis'), {
    when: () => (review.value?.revision.basis.length ?? 0) > 0,
  }),
  command('review', 'toQueue', ['escape'], back, { foot: true }),
]

/** Everything one can do on the page of a review. */
export const reviewCommands: readonly Command[] = [...deciding, ...reading]

/** A command of the page of a review by its id. */
export const reviewCommand = (id: string): Command => commandIn(reviewCommands, id)
