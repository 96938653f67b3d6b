import { ref } from 'vue'
import { draftCommandsOf, mergeCommandsOf } from '../drafts/merging.ts'
import { command, type Command } from '../ui/commands.ts'
import { allFaults } from './faults.ts'
import { loadNeighbours } from './neighbours.ts'
import { addressOf, go, historyAddress } from './place.ts'
import { goToSection } from './sections.ts'
import { lookOnce, nextFault, send, submit } from './submission.ts'
import { mayEdit, merge, merging, revision, session, text } from './writing.ts'

/** What stands beside the form: the draft as agents will read it, or what stands near it. */
export const aside = ref<'preview' | 'near'>('preview')

export function turnAside(): void {
  aside.value = aside.value === 'preview' ? 'near' : 'preview'
  if (aside.value === 'near') void loadNeighbours()
}

const writes = () => mayEdit.value && text.value !== undefined && !merging.value
const inField = { inField: true, foot: true, when: writes }
const SECTION_KEYS = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(digit => `alt+${digit}`)
const digitOf = (event?: KeyboardEvent) => Number(/\d/u.exec(event?.code ?? '')?.[0] ?? event?.key)

/** What can be done while writing. */
export const writingCommands: readonly Command[] = [
  command('entry', 'sections', SECTION_KEYS, event => goToSection(digitOf(event) - 1), {
    ...inField,
    when: () => text.value !== undefined && !merging.value,
    shownKeys: ['Alt', '1–9'],
    keyboardOnly: true,
  }),
  ...draftCommandsOf(session, merge),
  command('entry', 'submit', ['ctrl+enter'], () => (lookOnce.value ? send() : submit()), {
    ...inField,
    inDialog: true,
  }),
  command('entry', 'nextFault', ['f8'], nextFault, {
    ...inField,
    when: () => writes() && allFaults.value.length > 0,
  }),
  command('entry', 'aside', ['alt+p'], turnAside, { ...inField, when: () => !merging.value }),
  command('entry', 'history', ['alt+h'], () => revision.value && go(historyAddress(revision.value.entryId)), {
    inField: true,
  }),
  command('entry', 'leaveField', ['escape'], leave, {
    inField: true,
    foot: true,
    when: () => !merging.value,
  }),
]

/** Out of the field first, then to the list. */
function leave(): void {
  const focused = document.activeElement
  if (focused instanceof HTMLElement && focused !== document.body) return focused.blur()
  go(addressOf('mine'))
}

/** What can be done while two texts become one. */
export const mergeCommands = mergeCommandsOf(merge)
