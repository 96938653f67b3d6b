import type { EntryLink } from '#server/contract/entry.ts'
import type { Destination } from '../ui/destinations.ts'
import { openTarget } from './actions.ts'
import { linkedTarget, readPop } from './pop.ts'
import { showMyQuestions } from './raising.ts'
import { favourites, recent } from './shelf.ts'

/** Entries that the palette offers: marked ones, then those read last. */
export function deskPlaces(): Destination[] {
  const marked = favourites.value.map(entry => destination(entry, 'shelf.favourite'))
  const late = recent.value.map(entry => destination(entry, 'shelf.recent'))
  return [...new Map([...late, ...marked].map(one => [one.id, one])).values()]
}

const destination = (entry: EntryLink, note: string): Destination => ({
  id: `entry-${entry.id}`,
  words: entry.title,
  note,
  run: () => openTarget(entry, 'palette'),
})

/** Opens the entry, notice or question of one's own that an address of the desk names. */
export async function openAddress(address: string): Promise<void> {
  const named = readPop(new URL(address, location.origin).search)
  if (named.question !== undefined) return showMyQuestions(named.question)
  const target = linkedTarget(named)
  if (target) await openTarget(target, 'link')
}
