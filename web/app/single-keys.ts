import { singleKeys } from '../ui/hotkeys.ts'

const KEY = 'firstline.singleKeys'

singleKeys.value = localStorage.getItem(KEY) !== 'off'

/** Whether single letters and figures act. */
export const singleKeysKept = singleKeys

/** Turns single letters and figures on or off and remembers it. */
export function keepSingleKeys(on: boolean): void {
  singleKeys.value = on
  localStorage.setItem(KEY, on ? 'on' : 'off')
}
