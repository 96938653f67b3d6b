import { computed, nextTick, ref, shallowRef } from 'vue'
import type { NamedFaults } from '../drafts/session.ts'
import { DraftSession } from '../drafts/session.ts'
import { Merging } from '../drafts/merging.ts'
import { lastRoundOf } from '../drafts/returned.ts'
import type { Block, Edited, Spot } from './editing.ts'
import { linesAt, stepOf } from './editing.ts'
import { scriptText, type HeadPart, type Script } from './texts.ts'
import { Undo, type Moment } from './undo.ts'

/** What a save or a submission was refused for. */
export const faults = shallowRef<NamedFaults>([])

/** The script that is built on this screen. */
export const session = new DraftSession(scriptText, found => (faults.value = found))
export const { revision, text: script, failure, saveNow } = session
/** A body that cannot be read is not written over. */
export const mayEdit = computed(() => session.mayEdit.value && revision.value?.script != null)
/** How two texts of it become one. */
export const merge = new Merging(session)
export const { merging } = merge
/** What the committee said of it. */
export const lastRound = lastRoundOf(revision)

/** The step that is shown: 1–9, or 0 for what stands above the steps. */
export const shownStep = ref(1)
export const step = computed(() => script.value && stepOf(script.value, shownStep.value))

const undo = new Undo<Script>()
export const forgetUndo = (): void => undo.clear()

/** Changes the script; `where` names the place, so that typing there is taken back as one. */
export function change(where: string, how: (now: Script) => Script): void {
  const before = script.value
  if (!before || !mayEdit.value) return
  const now = how(before)
  if (now === before) return
  undo.note({ text: before, step: shownStep.value }, where, Date.now())
  session.changeAll(now)
}

/** Changes the script and goes on at a line of it. */
export async function edit(how: (now: Script) => Edited): Promise<void> {
  if (!script.value || !mayEdit.value) return
  const { script: now, spot, caret } = how(script.value)
  change(`edit ${lineId(spot)} ${Date.now()}`, () => now)
  await focusLine(spot, caret)
}

export const changeHead = <P extends HeadPart>(part: P, value: Script[P]): void =>
  change(part, now => ({ ...now, [part]: value }))

/** Takes the last change back, and shows where it was. */
export const undoLast = (): Promise<void> => turn(now => undo.back(now))
export const redo = (): Promise<void> => turn(now => undo.forth(now))

async function turn(how: (now: Script) => Moment<Script> | undefined): Promise<void> {
  const found = script.value && mayEdit.value ? how(script.value) : undefined
  if (!found) return
  const before = focused.value
  shownStep.value = found.step
  session.changeAll(found.text)
  await nextTick()
  if (before && document.activeElement === document.body) await focusNear(found.text, before)
}

/** Where a line is gone, the last of its block takes the focus, or what begins a line of the step. */
async function focusNear(now: Script, { step: number, branch, line }: Spot): Promise<void> {
  const block = { step: shownStep.value, ...(number === shownStep.value && { branch }) }
  const last = linesAt(now, block).length - 1
  if (last < 0) return focusControl(blockEnd({ step: shownStep.value }))
  await focusLine({ ...block, line: Math.min(line, last) })
}

const blockId = ({ step: number, branch }: Block): string =>
  branch === undefined ? `${number}` : `${number}-${branch}`
/** The id of the control of a line, of a field and of what a customer says at a branch. */
export const lineId = (spot: Spot): string => `line-${blockId(spot)}-${spot.line}`
export const fieldId = (number: number, name: string): string => `field-${number}-${name}`
/** The id of the button that adds a line to a block. */
export const blockEnd = (block: Block): string => `add-${blockId(block)}`
export const branchId = (number: number, branch: number): string => `branch-${number}-${branch}`

/** Moves the focus to a line, and the caret to a place in it. */
export async function focusLine(spot: Spot, caret?: number): Promise<void> {
  await focusControl(lineId(spot))
  const area = document.activeElement
  if (caret !== undefined && area instanceof HTMLTextAreaElement) area.setSelectionRange(caret, caret)
}

/** Moves the focus to a control once it is drawn. */
export async function focusControl(id: string): Promise<void> {
  await nextTick()
  const control = document.getElementById(id)
  control?.focus({ preventScroll: true })
  control?.scrollIntoView?.({ block: 'nearest' })
}

/** The line that keys act on, and what is selected in it. */
export const focused = shallowRef<Spot>()
export function selection(): readonly [number, number] {
  const area = document.activeElement
  return area instanceof HTMLTextAreaElement ? [area.selectionStart, area.selectionEnd] : [0, 0]
}
