import type { SyllableRange } from '#server/platform/text/sounds.ts'
import { readingsOf, syllableRange } from '#server/platform/text/syllables.ts'

/** Two syllables in a row, each of a range of ids; without a second, any or none may follow. */
export interface SoundWanted {
  first: SyllableRange
  second: SyllableRange | undefined
}

/** The usual reading of each character, as the id of its syllable; 0 when it has none. */
const usual = new Uint16Array(0x10000)
const isLookedUp = new Uint8Array(0x10000)

/** What a sound token stands for; `isOpen`: its last syllable may go on. Undefined for what begins no syllable. */
export function soundWanted(token: string, isOpen: boolean): SoundWanted | undefined {
  const [one = '', other] = token.slice(1).split('v')
  const begun = syllableRange(one)
  if (!begun) return undefined
  if (other === undefined) return { first: begun, second: undefined }
  const first: SyllableRange = [begun[0], begun[0]]
  const second = other === '' ? undefined : syllableRange(other)
  return { first, second: second && !isOpen ? [second[0], second[0]] : second }
}

/** How often each of the sounds is in a text, in their order. */
export function timesHeard(text: string, wanted: readonly SoundWanted[]): number[] {
  const times = wanted.map(() => 0)
  let next = usualOf(text.charCodeAt(0))
  for (let at = 1; at <= text.length; at += 1) {
    const syllable = next
    next = at < text.length ? usualOf(text.charCodeAt(at)) : 0
    if (syllable === 0) continue
    for (let which = 0; which < wanted.length; which += 1) {
      const { first, second } = wanted[which]!
      if (isIn(syllable, first) && (second === undefined || isIn(next, second))) times[which]! += 1
    }
  }
  return times
}

const isIn = (id: number, [low, high]: SyllableRange): boolean => id >= low && id <= high

function usualOf(unit: number): number {
  if (isLookedUp[unit] === 0) {
    isLookedUp[unit] = 1
    usual[unit] = readingsOf(unit)[0]?.id ?? 0
  }
  return usual[unit]!
}
