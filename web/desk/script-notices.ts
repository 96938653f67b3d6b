import { ref, shallowRef, watch } from 'vue'
import type { NoticeView } from '#server/contract/notice.ts'
import type { ScriptView } from '#server/contract/script-views.ts'
import { call } from '../api/index.ts'
import { shownNotice } from './answer.ts'

/** The notice that was looked at last. */
export const keptNotice = ref<number>()
/** Notices that the script quotes by their number, wherever they hold. */
export const quotedNotices = shallowRef<readonly NoticeView[]>([])

watch(shownNotice, notice => notice && (keptNotice.value = notice.id), { flush: 'sync' })

/** Reads the notices a script quotes by number; one that cannot be read is not there. */
export async function loadQuotedNotices({ quotes }: ScriptView): Promise<void> {
  const ids = quotes.flatMap(one => (one.kind === 'notice' && one.id !== null ? [one.id] : []))
  const read = (id: number) =>
    call('GET /api/notices/:id', { params: { id }, gate: false }).catch(() =>
      quotedNotices.value.find(one => one.id === id),
    )
  quotedNotices.value = (await Promise.all(ids.map(read))).filter(one => one !== undefined)
}
