import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NoticeView } from '#server/contract/notice.ts'
import { SCRIPT_VARIABLES } from '#server/contract/script-lists.ts'
import zh from '../../../web/app/locales/zh-CN.json' with { type: 'json' }
import { showNotice } from '../../../web/desk/answer.ts'
import { current } from '../../../web/desk/call.ts'
import { loadNotices } from '../../../web/desk/notices.ts'
import { form } from '../../../web/desk/question-form.ts'
import { told } from '../../../web/desk/raising.ts'
import { fillFromCall } from '../../../web/desk/script-filling.ts'
import { keptNotice } from '../../../web/desk/script-notices.ts'
import { lookAtScript } from '../../../web/desk/script-view.ts'
import { partsOf, quotingOf } from '../../../web/reading/script-words.ts'
import { NOW, callOf, openFollowing, press, scriptOf, type FollowingPage } from './following-page.ts'

const noticeOf = (more: Partial<NoticeView> = {}): NoticeView => ({
  id: 3,
  kind: 'fault',
  title: '故障停电 · 东城区 新民线',
  areas: ['东城区', '新民里'],
  line: '10kV 新民线',
  reason: null,
  startsAt: '2026-11-22T07:00:00.000Z',
  endsAt: '2026-11-22T15:00:00.000Z',
  estimate: null,
  nextUpdateAt: '2026-11-22T08:30:00.000Z',
  say: '抢修人员在现场。',
  postedAt: '2026-11-22T07:00:00.000Z',
  postedBy: '调度',
  state: 'active',
  ...more,
})

let desk: FollowingPage
const tell = async (...notices: NoticeView[]) => {
  desk.server['GET /api/notices'] = () => ({ total: notices.length, notices })
  await loadNotices()
  await flushPromises()
}
beforeEach(async () => {
  desk = await openFollowing()
  keptNotice.value = undefined
  await tell()
})
afterEach(async () => {
  await tell()
  form.name = ''
  told.value = undefined
  desk.close()
})

describe('what a line takes from the call', () => {
  it('is filled in where it is known, and a gap to be asked for where it is not', async () => {
    await tell(noticeOf())
    await press('h')
    await press(' ')
    expect(desk.spoken()).toContain(
      '〔请问：称呼〕您好，您那里是10kV 新民线，户号〔请问：户号〕，我是10001。',
    )
    form.name = '王女士'
    current.value = callOf({ accountLast4: '5678' })
    await flushPromises()
    expect(desk.spoken()).toContain('王女士您好，您那里是10kV 新民线，户号尾号5678，我是10001。')
  })

  it('says of a notice only what it holds, and of none that there is none', async () => {
    expect(fillFromCall('通知.线路')).toEqual({ gap: 'script.gap.noNotice' })
    await tell(noticeOf())
    expect(fillFromCall('通知.预计恢复')).toEqual({ gap: 'script.gap.notInNotice' })
    expect(fillFromCall('通知.原因')).toEqual({ gap: 'script.gap.notInNotice' })
    expect(fillFromCall('通知.下次更新')).toEqual({ text: '16:30' })
    expect(fillFromCall('通知.范围')).toEqual({ text: '东城区、新民里' })
  })

  it('tells no time that is over', async () => {
    await tell(noticeOf({ estimate: new Date(NOW - 60_000).toISOString() }))
    expect(fillFromCall('通知.预计恢复')).toEqual({ gap: 'script.gap.past' })
  })

  it('takes of several notices the one that was looked at, and none before', async () => {
    const other = noticeOf({ id: 4, line: '10kV 建国线' })
    await tell(noticeOf(), other)
    expect(fillFromCall('通知.线路')).toEqual({ gap: 'script.gap.manyNotices' })
    showNotice(other)
    expect(fillFromCall('通知.线路')).toEqual({ text: '10kV 建国线' })
    await press('h')
    expect(fillFromCall('通知.线路')).toEqual({ text: '10kV 建国线' })
  })

  it('names what was filed in this call, not in one before', () => {
    const reply = { id: 40, mergedInto: null, candidates: [], routedTo: 'market' as const }
    const filed = { ...reply, urgency: 'normal' as const, dueAt: '2026-11-22T09:00:00.000Z' }
    told.value = { reply: filed as never, wantsCallback: false, last4: '', callId: 5 }
    expect(fillFromCall('登记.编号')).toEqual({ text: '40' })
    expect(fillFromCall('登记.回复时间')).toEqual({ text: '17:00' })
    told.value = { reply: filed as never, wantsCallback: false, last4: '', callId: 4 }
    expect(fillFromCall('登记.编号')).toEqual({ gap: 'script.gap.filing' })
  })

  it('is named in the language of the page, every variable of the list', () => {
    for (const name of SCRIPT_VARIABLES) expect(Object.keys(zh)).toContain(`script.variable.${name}`)
  })
})

describe('the quotes of a script', () => {
  it('read as the entry reads now, and say beside themselves that it changed', async () => {
    await press('h')
    await press('3', { altKey: true, code: 'Digit3' })
    expect(desk.spoken()).toContain('正在抢修。线路上')
    const [quote] = scriptOf().quotes
    const changed = { ...quote!, say: '已经恢复供电。', current: 4, state: 'changed' as const }
    desk.server['GET /api/scripts/7'] = () => scriptOf({ quotes: [changed], labels: ['引用已更新'] })
    await lookAtScript()
    await flushPromises()
    expect(desk.spoken()).toContain('已经恢复供电。引用已更新')
    expect(desk.page.find('.moved-quotes').text()).toContain('评审时是第 3 版，现在是第 4 版')
    expect(desk.page.find('.kicker').text()).toContain('引用已更新')
  })

  it('have no words where nothing is in force', async () => {
    await press('h')
    const gone = { ...scriptOf().quotes[0]!, title: null, say: null, current: null, state: 'gone' as const }
    desk.server['GET /api/scripts/7'] = () => scriptOf({ quotes: [gone] })
    await lookAtScript()
    await press('3', { altKey: true, code: 'Digit3' })
    expect(desk.spoken()).not.toContain('正在抢修')
    expect(desk.spoken()).toContain('〔引用已失效：entry:outage@3〕')
    expect(desk.page.find('.moved-quotes').text()).toContain('不要照旧话说')
  })

  it("follow the caller's notice as it changes and ends", async () => {
    await press('h')
    await press('3', { altKey: true, code: 'Digit3' })
    expect(desk.spoken()).toContain('〔没有生效的通知：')
    await tell(noticeOf())
    expect(desk.spoken()).toContain('抢修人员在现场。')
    await tell(noticeOf({ say: '已换好变压器，正在送电。' }))
    expect(desk.spoken()).toContain('已换好变压器，正在送电。')
    await tell(noticeOf({ endsAt: new Date(NOW - 1).toISOString() }))
    expect(desk.spoken()).not.toContain('正在送电')
  })
})

it('words in braces that are no variable stay as they are', () => {
  const parts = partsOf('按{1}键，{客户.年龄}', fillFromCall, quotingOf([]))
  expect(parts.map(one => (one.kind === 'text' ? one.text : one.kind)).join('')).toBe('按{1}键，{客户.年龄}')
})
