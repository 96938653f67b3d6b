import { watch } from 'vue'
import type { CallView } from '#server/contract/call.ts'
import type { FollowedStep } from '#server/contract/script-use.ts'
import { complain } from '../api/index.ts'
import { current } from './call.ts'
import { beginAt, followOpen, following, type Following, type Spot } from './following.ts'
import { loadQuotedNotices } from './script-notices.ts'
import { loadMethod } from '../reading/method.ts'
import { readScript } from './script-view.ts'

const KEY = 'firstline.following'

/** Where one was in a script, as this tab keeps it. No word of a customer is in it. */
interface Kept {
  callId: number
  scriptId: number
  trail: Spot[]
  open: boolean
}

/** The place now; that a script was left has no trail. */
const placeNow = (): Partial<Kept> => {
  const now = following.value
  if (now?.callId === undefined) return { ...(current.value && { callId: current.value.id }), trail: [] }
  return { callId: now.callId, scriptId: now.script.id, trail: [...now.trail], open: followOpen.value }
}

/** Keeps the place in this tab's storage at every step. Returns what stops it. */
export const keepFollowing = (): (() => void) =>
  watch([following, followOpen], () => sessionStorage.setItem(KEY, JSON.stringify(placeNow())))

/** Takes up the script that was followed in the call in hand: where this tab was, else the last step that the server knows. */
export async function restoreFollowing(): Promise<void> {
  const now = current.value
  if (!now || now.endedAt !== null || following.value) return
  const place = keptPlace(now.id) ?? placeOf(now)
  if (!place || place.trail.length === 0) return
  await complain(async () => {
    const script = await readScript(place.scriptId)
    void loadQuotedNotices(script)
    void loadMethod()
    beginAt(script, now.id, { trail: place.trail, notes: notesOf(now, place.scriptId) })
    followOpen.value = place.open
  })
}

function keptPlace(callId: number): Kept | undefined {
  try {
    const read = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Partial<Kept> | null
    return read?.callId === callId && Array.isArray(read.trail) ? (read as Kept) : undefined
  } catch {
    return undefined
  }
}

const followedIn = (call: CallView): readonly FollowedStep[] => call.followed

function placeOf(call: CallView): Kept | undefined {
  const last = followedIn(call).at(-1)
  if (!last) return undefined
  const trail = followedIn(call)
    .filter(one => one.scriptId === last.scriptId)
    .filter((one, index, all) => one.step !== all[index - 1]?.step)
    .map(one => ({ step: one.step, answering: null, by: one.branch }))
  return { callId: call.id, scriptId: last.scriptId, trail, open: false }
}

function notesOf(call: CallView, scriptId: number): Following['notes'] {
  const noted = followedIn(call).filter(one => one.scriptId === scriptId && one.note !== null)
  return Object.fromEntries(noted.map(one => [one.step, one.note ?? '']))
}
