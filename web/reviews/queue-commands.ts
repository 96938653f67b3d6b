import { command, commandIn, type Command } from '../ui/commands.ts'
import { readBatch } from './batch.ts'
import { dialog } from './dialogs.ts'
import { isMember } from './seats.ts'
import { goToReview } from './place.ts'
import { QUEUE, TABS, choose, chosenReview, pick, picked, reviews, tab } from './queue.ts'

/** Enter and the arrows belong to whatever has the focus; they move the list while nothing else wants them. */
const isOnList = () =>
  [null, document.body, document.getElementById(QUEUE)].includes(document.activeElement as never)
const canMove = () => reviews.value.length > 0 && isOnList()
const moving = { repeats: true, keyboardOnly: true, when: canMove }

function openChosen(): void {
  if (chosenReview.value) goToReview(chosenReview.value.id)
}

function openBatch(): void {
  dialog.value = 'batch'
  void readBatch()
}

/** Everything one can do in the queue. */
export const queueCommands: readonly Command[] = [
  command('review', 'down', ['arrowdown', 'j'], () => choose(1), {
    ...moving,
    shownKeys: ['↑', '↓'],
    foot: true,
  }),
  command('review', 'up', ['arrowup', 'k'], () => choose(-1), { ...moving, shownKeys: [] }),
  command('review', 'open', ['enter'], openChosen, { keyboardOnly: true, foot: true, when: canMove }),
  command(
    'review',
    'reviewTabs',
    TABS.map((_one, index) => String(index + 1)),
    event => (tab.value = TABS[Number(event?.key.normalize('NFKC')) - 1] ?? tab.value),
    { shownKeys: [`1–${TABS.length}`], keyboardOnly: true, foot: true },
  ),
  command('review', 'pick', ['x'], () => pick(chosenReview.value), {
    foot: true,
    when: () => chosenReview.value?.state === 'in_review',
  }),
  command('review', 'approvePicked', ['shift+a'], openBatch, {
    foot: true,
    when: () => picked.value.size > 0,
  }),
  command('review', 'delegate', ['d'], () => (dialog.value = 'delegation'), { when: () => isMember.value }),
]

/** A command of the queue by its id. */
export const queueCommand = (id: string): Command => commandIn(queueCommands, id)
