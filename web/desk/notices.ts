import { computed, shallowRef, watch } from 'vue'
import type { NoticeView } from '#server/contract/notice.ts'
import { call, hearEvents, latest } from '../api/index.ts'
import { now } from '../ui/now.ts'
import { area } from './call.ts'
import { answeredArea, reply } from './search.ts'

/** How often (ms) they are read also without a word of the server: a notice may change while the stream is lost. */
const EVERY = 60_000

const loaded = shallowRef<readonly NoticeView[]>([])

/** Where the clock stands with a notice at `at` (ms): each one turns by itself, without asking the server. */
export function stateAt({ startsAt, endsAt }: NoticeView, at: number): NoticeView['state'] {
  if (at >= Date.parse(endsAt)) return 'ended'
  return at < Date.parse(startsAt) ? 'upcoming' : 'active'
}

/** Whether the promised next word is late at `at` (ms). */
export const isUpdateOverdue = ({ nextUpdateAt }: NoticeView, at: number): boolean =>
  nextUpdateAt !== null && Date.parse(nextUpdateAt) < at

/** Notices of the caller's area that have not ended, those in force first. */
export const areaNotices = computed(() => {
  const replied = answeredArea.value === area.value ? (reply.value?.notices ?? []) : []
  const alive = unite(replied, loaded.value)
  const ofState = (state: NoticeView['state']) => alive.filter(one => stateAt(one, now.value) === state)
  return [...ofState('active'), ...ofState('upcoming')]
})

/** What stands above the results: in force now where the caller is. */
export const strip = computed(() =>
  area.value.trim() === '' ? [] : areaNotices.value.filter(one => stateAt(one, now.value) === 'active'),
)

const newest = latest((signal: AbortSignal) =>
  call('GET /api/notices', { query: { area: area.value.trim() || undefined, limit: 50 }, signal }),
)

export async function loadNotices(): Promise<void> {
  try {
    const found = await newest.run()
    if (found) loaded.value = found.notices
  } catch {
    // Unreachable: the page says so, and the notices at hand go on ending by themselves.
  }
}

/** Keeps the notices of the caller's area at hand, as soon as the server tells of one. Returns what stops it. */
export function followNotices(): () => void {
  const stop = watch(area, () => void loadNotices(), { immediate: true })
  const stopHearing = hearEvents(({ event }) => event.startsWith('notice.') && void loadNotices())
  const timer = setInterval(() => void loadNotices(), EVERY)
  return () => {
    stop()
    stopHearing()
    clearInterval(timer)
  }
}

function unite(first: readonly NoticeView[], second: readonly NoticeView[]): NoticeView[] {
  return [...new Map([...first, ...second].map(one => [one.id, one])).values()]
}
