import { command, commandIn, type Command } from '../ui/commands.ts'
import { shown, shownEntry, shownSay } from './answer.ts'
import {
  copyPart,
  copySay,
  endCall,
  favour,
  finish,
  goToNotices,
  nextCall,
  openHit,
  previewChosen,
} from './actions.ts'
import { current, isOpen } from './call.ts'
import { basisText, bodyText } from './copies.ts'
import { basisOpen } from './dialogs.ts'
import { beginFeedback, reported } from './feedback.ts'
import { digitOf, followCommands } from './follow-commands.ts'
import { keysFollow } from './follow-actions.ts'
import { following, isStepShown } from './following.ts'
import { strip } from './notices.ts'
import { goTo, place } from './places.ts'
import { questionNews } from './question-news.ts'
import { beginRaising, closeUnder, face, showMyQuestions, showNews } from './raising.ts'
import { newer, renew } from './renewal.ts'
import { newerScript, takeNewer } from './script-view.ts'
import { category, choose, chosen, clearFilters, hits, kind, text } from './search.ts'
import { nextKind } from './kinds.ts'

const canMove = () => ['box', 'list', 'none'].includes(place.value ?? '')
const hasEntry = () => shownEntry.value !== null && !isStepShown.value
const hasCall = () => current.value !== null

/** From the box ↓ enters the list, where letters act; without a hit it leaves the box for the pane that says so. */
function move(step: number): void {
  if (step < 0 && chosen.value <= 0) return goTo('box')
  if (hits.value.length === 0) return goTo('answer')
  choose(step)
  goTo('list')
}

/** One step back: from what is to be told, from the answer to the list, from the list to the box, in the box out of filters, then of the text. */
function back(): void {
  if (face.value === 'told') return closeUnder()
  if (place.value === 'answer') return backToList()
  if (place.value !== 'box') return goTo('box')
  if (kind.value !== '' || category.value !== '') return clearFilters()
  text.value = ''
}

function backToList(): void {
  goTo(hits.value.length > 0 ? 'list' : 'box')
  previewChosen()
}

const hasNewer = () => (isStepShown.value ? newerScript : newer).value !== undefined
const takeRenewed = () => (isStepShown.value ? takeNewer() : renew())

const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9]
/** Figures stand for hits, except at the step of a script that is followed. */
const hitsHaveFigures = () => hits.value.length > 0 && !keysFollow()
const moving = { inField: true, repeats: true, keyboardOnly: true, when: canMove }

const finding: Command[] = [
  command('find', 'search', ['/'], () => goTo('box'), { foot: true }),
  command('find', 'down', ['arrowdown'], () => move(1), { ...moving, shownKeys: ['↑', '↓'], foot: true }),
  command('find', 'up', ['arrowup'], () => move(-1), { ...moving, shownKeys: [] }),
  command('find', 'open', ['enter'], () => openHit(chosen.value, 'enter'), {
    inField: true,
    keyboardOnly: true,
    foot: true,
    when: () =>
      (place.value === 'box' && text.value.trim() !== '') || (place.value === 'list' && chosen.value >= 0),
  }),
  command('find', 'openNumber', DIGITS.map(String), event => openHit(digitOf(event) - 1, 'number'), {
    shownKeys: ['1–9'],
    keyboardOnly: true,
    foot: true,
    when: hitsHaveFigures,
  }),
  command(
    'find',
    'openNumberInBox',
    DIGITS.map(digit => `alt+${digit}`),
    event => openHit(digitOf(event) - 1, 'number'),
    {
      shownKeys: ['Alt', '1–9'],
      keyboardOnly: true,
      inField: true,
      foot: 'typing',
      when: hitsHaveFigures,
    },
  ),
  command('find', 'kinds', ['k'], () => (kind.value = nextKind(1)), { foot: true }),
  command('find', 'kindsBack', ['shift+k'], () => (kind.value = nextKind(-1)), { keyboardOnly: true }),
  command('find', 'notices', ['g'], goToNotices, { when: () => strip.value.length > 0 }),
  command('find', 'back', ['escape'], back, { inField: true, keyboardOnly: true, repeats: false }),
]

const answering: Command[] = [
  command('answer', 'copySay', ['c'], copySay, { when: () => shownSay.value !== '', foot: true }),
  command('answer', 'copyBody', ['shift+c'], () => copyPart('body', bodyText()), { when: hasEntry }),
  command('answer', 'basis', ['b'], () => (basisOpen.value = true), { when: hasEntry, foot: true }),
  command('answer', 'copyBasis', ['shift+b'], () => copyPart('basis', basisText()), {
    inDialog: true,
    when: () => hasEntry() && shownEntry.value!.basis.length > 0,
  }),
  command('answer', 'renew', ['u'], takeRenewed, { when: hasNewer, foot: true }),
  command('answer', 'feedback', ['w'], beginFeedback, {
    when: () => reported.value !== undefined,
    foot: true,
  }),
  command('answer', 'favour', ['s', '*'], favour, { when: hasEntry }),
]

const calling: Command[] = [
  command('call', 'resolved', ['r'], () => finish('resolved'), {
    when: () => hasCall() && (shown.value !== null || following.value !== null),
    foot: true,
  }),
  command('call', 'follow_up', ['f'], () => finish('follow_up'), { when: hasCall, foot: true }),
  command('call', 'escalated', ['x'], () => finish('escalated'), { when: hasCall }),
  command('call', 'question', ['q'], beginRaising, { foot: true }),
  command('call', 'questionInBox', ['alt+q'], beginRaising, {
    keyboardOnly: true,
    inField: true,
    foot: 'typing',
  }),
  command('call', 'questionNews', ['a'], showNews, {
    when: () => questionNews.value.length > 0,
    foot: true,
  }),
  command('call', 'myQuestions', ['m'], () => showMyQuestions()),
  command('call', 'end', ['e'], endCall, { when: () => isOpen.value }),
  command('call', 'next', ['n'], nextCall, { foot: true }),
]

/** Everything one can do on the desk. */
export const deskCommands: readonly Command[] = [...followCommands, ...finding, ...answering, ...calling]

/** A command of the desk by its id. */
export const deskCommand = (id: string): Command => commandIn(deskCommands, id)
