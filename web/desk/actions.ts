import type { NewOutcome } from '#server/contract/call.ts'
import { VERDICTS, type CopiedPart, type OpenedHow, type Verdict } from '#server/contract/lists.ts'
import { copyText } from '../ui/clipboard.ts'
import { say } from '../ui/toasts.ts'
import {
  clearAnswer,
  isShown,
  open,
  opened,
  preview,
  refusal,
  shown,
  shownBrief,
  shownSay,
  showNotice,
  toggleFavourite,
  type Target,
} from './answer.ts'
import { begin, current, end, isOpen, noteCopy, sayOutcome, unsaid } from './call.ts'
import { strip } from './notices.ts'
import { following, isStepShown, wrapCode } from './following.ts'
import { goTo } from './places.ts'
import { chosen, chosenHit, clearFilters, freshen, hits, text } from './search.ts'
import { loadShelf } from './shelf.ts'
import { complain } from '../api/index.ts'

/** Shows the chosen hit beside the list, unless it is shown. */
export function previewChosen(): void {
  const hit = chosenHit.value
  if (hit && !isShown(hit)) void preview(hit)
}

/** Opens hit number `index` for reading, once the list is the one to what is in the box. */
export async function openHit(index: number, how: OpenedHow): Promise<void> {
  await freshen()
  const at = Math.max(0, index)
  const hit = hits.value[at]
  if (!hit) return hits.value.length === 0 ? goTo('answer') : undefined
  chosen.value = at
  await openTarget(hit, how, at + 1)
}

/** Opens an entry or notice and goes to it. */
export async function openTarget(target: Target, how: OpenedHow, rank?: number): Promise<void> {
  await open(target, rank === undefined ? { how } : { how, rank })
  if (!refusal.value) goTo('answer')
  if (target.kind !== 'notice') void loadShelf()
}

/** What is read or used counts as opened, also when it was only shown beside the list. */
async function countAsOpened(): Promise<void> {
  if (opened.value || !shown.value) return
  const target = shown.value
  const isHit = chosenHit.value?.id === target.id
  await open(
    { kind: shownBrief.value?.kind ?? 'notice', id: target.id },
    { how: 'list', ...(isHit && { rank: chosen.value + 1 }) },
  )
}

export async function copyPart(part: CopiedPart, copied: string): Promise<void> {
  const id = shownBrief.value?.id
  if (!(await copyText(copied))) return say('toast.notCopied', { tone: 'bad' })
  say(`toast.copied.${part}`, { tone: 'good' })
  if (id === undefined) return
  await complain(async () => {
    await countAsOpened()
    await noteCopy(id, part)
  })
}

export const copySay = (): Promise<void> => copyPart('say', shownSay.value)

export async function finish(verdict: Verdict): Promise<void> {
  await complain(async () => {
    if (verdict === 'resolved' && !isStepShown.value) await countAsOpened()
    await sayOutcome({ verdict, ...outcomeOf() })
    say(`toast.outcome.${verdict}`, { tone: 'good', commands: afterOutcome(verdict) })
  })
}

/** What the outcome is owed to: the entry that is read, and the script that is followed in this call, with its wrap code. */
function outcomeOf(): Omit<NewOutcome, 'verdict'> {
  const entryId = opened.value && !isStepShown.value ? shownBrief.value?.id : undefined
  const { callId, script } = following.value ?? {}
  const ofScript = script && callId !== undefined && callId === current.value?.id
  const code = wrapCode.value.trim()
  return {
    ...(entryId !== undefined && { entryId }),
    ...(ofScript && { scriptId: script.id, ...(code !== '' && { wrapCode: code }) }),
  }
}

/** What may follow a verdict: another one, or the next call. The commands of verdicts bear their names. */
const afterOutcome = (verdict: Verdict): string[] => [...VERDICTS.filter(one => one !== verdict), 'next']

export async function endCall(): Promise<void> {
  await complain(async () => {
    await end()
    if (unsaid.value) say('toast.unsaid', { commands: VERDICTS })
    else say('toast.ended', { commands: ['next'] })
  })
}

/** Ends this call, begins the next and clears the desk for it. */
export async function nextCall(): Promise<void> {
  await complain(async () => {
    const wasUnsaid = isOpen.value && current.value?.outcome === null
    await begin()
    text.value = ''
    clearFilters()
    clearAnswer()
    chosen.value = -1
    goTo('box')
    say(wasUnsaid ? 'toast.nextUnsaid' : 'toast.next')
  })
}

export async function favour(): Promise<void> {
  await complain(async () => {
    const now = await toggleFavourite()
    if (now !== undefined) say(now ? 'toast.favoured' : 'toast.unfavoured')
    await loadShelf()
  })
}

/** Shows the say of the first notice of the strip, or of the one after the notice shown. */
export function goToNotices(): void {
  const at = strip.value.findIndex(one => shown.value?.kind === 'notice' && one.id === shown.value.id)
  const notice = strip.value[(at + 1) % strip.value.length]
  if (!notice) return
  showNotice(notice)
  goTo('answer')
}
