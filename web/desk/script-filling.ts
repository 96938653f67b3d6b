import { computed } from 'vue'
import type { NoticeView } from '#server/contract/notice.ts'
import type { ScriptVariable } from '#server/contract/script-lists.ts'
import type { ScriptView } from '#server/contract/script-views.ts'
import { me } from '../api/index.ts'
import type { Filled, Filling, Quoting } from '../reading/script-words.ts'
import { quotingOf } from '../reading/script-words.ts'
import { now } from '../ui/now.ts'
import { momentText } from '../ui/times.ts'
import { shownNotice } from './answer.ts'
import { current } from './call.ts'
import { following } from './following.ts'
import { toldOf } from './gap-filling.ts'
import { areaNotices, stateAt, strip } from './notices.ts'
import { form } from './question-form.ts'
import { told } from './raising.ts'
import { keptNotice, quotedNotices } from './script-notices.ts'

/** A script is spoken in Chinese, whatever the language of the page. */
const SPOKEN = 'zh-CN'

/** The notice that the caller's area has; of several the one that was looked at last, and none before one was. */
export const activeNotice = computed<NoticeView | undefined>(() => {
  const [only, ...others] = strip.value
  if (others.length === 0) return only
  return strip.value.find(one => one.id === (shownNotice.value?.id ?? keptNotice.value))
})

const noNotice = (): Filled => ({
  gap: strip.value.length > 1 ? 'script.gap.manyNotices' : 'script.gap.noNotice',
})

/** What the call knows for a variable, and for what it does not know the reason: never a guess. */
export const fillFromCall: Filling = name => {
  const [subject] = name.split('.')
  if (subject === '通知') return activeNotice.value ? ofNotice(name, activeNotice.value) : noNotice()
  if (subject === '登记') return ofFiling(name)
  const known = ofPeople(name)
  return known === undefined ? { gap: 'script.gap.ask' } : { text: known }
}

function ofPeople(name: ScriptVariable): string | undefined {
  const said = toldOf(name)
  if (said !== '') return said
  const last4 = current.value?.accountLast4
  if (name === '客户.称呼') return form.name.trim() || undefined
  if (name === '客户.户号') return last4 ? `尾号${last4}` : undefined
  if (name === '坐席.姓名') return me.value?.name
  return name === '坐席.工号' ? me.value?.workNo : undefined
}

function ofNotice(name: ScriptVariable, notice: NoticeView): Filled {
  if (name === '通知.编号') return { text: String(notice.id) }
  if (name === '通知.范围') return { text: notice.areas.join('、') }
  if (name === '通知.预计恢复') return timeToCome(notice.estimate)
  if (name === '通知.下次更新') return timeToCome(notice.nextUpdateAt)
  const said = name === '通知.线路' ? notice.line : notice.reason
  return said === null ? { gap: 'script.gap.notInNotice' } : { text: said }
}

/** A time that is over is no promise any more. */
function timeToCome(at: string | null): Filled {
  if (at === null) return { gap: 'script.gap.notInNotice' }
  const time = Date.parse(at)
  return time < now.value ? { gap: 'script.gap.past' } : { text: momentText(time, now.value, SPOKEN) }
}

/** The question that was raised in this very call. */
function ofFiling(name: ScriptVariable): Filled {
  const filed = told.value?.callId === current.value?.id ? told.value?.reply : undefined
  if (!filed) return { gap: 'script.gap.filing' }
  if (name === '登记.编号') return { text: String(filed.mergedInto ?? filed.id) }
  return { text: momentText(Date.parse(filed.dueAt), now.value, SPOKEN) }
}

/** How quotes of a script read now: entries as the server has them, notices as the desk has them. */
export const quotesIn =
  (script: Pick<ScriptView, 'quotes'> | null): Quoting =>
  ref =>
    quoteOf(ref, script?.quotes ?? [])

/** The same for the script that is followed. */
export const quoteInCall: Quoting = ref => quoteOf(ref, following.value?.script.quotes ?? [])

function quoteOf(ref: string, quotes: ScriptView['quotes']): ReturnType<Quoting> {
  const id = /^notice:(\d+|active)$/u.exec(ref)?.[1]
  if (id === undefined) return quotingOf(quotes)(ref)
  return id === 'active' ? ofNoticeSay(activeNotice.value, noNotice()) : ofNoticeSay(noticeBy(Number(id)))
}

const noticeBy = (id: number): NoticeView | undefined =>
  areaNotices.value.find(one => one.id === id) ?? quotedNotices.value.find(one => one.id === id)

function ofNoticeSay(
  notice: NoticeView | undefined,
  otherwise: Filled = { gap: 'script.gap.quote' },
): ReturnType<Quoting> {
  const isOver = !notice || stateAt(notice, now.value) === 'ended'
  if (isOver) return { title: notice?.title ?? null, state: 'gone', ...otherwise }
  return { title: notice.title, state: 'current', text: notice.say }
}
