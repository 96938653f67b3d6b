import type { NoticeKind } from '#server/contract/lists.ts'
import type { Tx } from '#server/platform/db/db.ts'
import { HOUR, MINUTE } from '#server/platform/kernel/clock.ts'
import { insertNotice } from './commands.ts'

/** A dozen notices of an invented city; every time is hours from the demo's start. */
interface DemoNotice {
  kind: NoticeKind
  areas: string[]
  line?: string
  reason?: string
  from: number
  to: number
  estimate?: number
  update?: number
  say: string
}

const NOTICES: DemoNotice[] = [
  {
    kind: 'fault',
    areas: ['东城区'],
    line: '10kV新民线',
    reason: '雷击跳闸',
    from: -1,
    to: 10,
    update: 1.5,
    say: '您那一片是线路故障引起的停电，抢修人员已经到现场。故障点还在查，来电时间现在定不下来，一个半小时内我们会更新进展。',
  },
  {
    kind: 'fault',
    areas: ['滨江区翠苑小区', '滨江区江畔里'],
    line: '10kV江畔线',
    reason: '电缆被施工挖断',
    from: -3,
    to: 12,
    estimate: 4,
    update: 2,
    say: '您小区的电缆被施工挖断了，正在抢修。目前预计四个小时左右恢复，如果有变化我们会再通知。',
  },
  {
    kind: 'fault',
    areas: ['南湖镇'],
    line: '10kV南湖线',
    reason: '大风刮倒树木压线',
    from: -0.5,
    to: 14,
    update: 1,
    say: '南湖镇一带大风刮倒树木压住了线路。请不要靠近倒下的线和树，一小时内会有新的进展告诉您。',
  },
  {
    kind: 'planned',
    areas: ['东城区新民里'],
    line: '10kV新民线',
    reason: '更换老化导线',
    from: 20,
    to: 24,
    estimate: 24,
    say: '新民里明天有计划检修，要更换老化的导线，预计停四个小时左右，完工会尽早送电，请提前给手机充好电。',
  },
  {
    kind: 'planned',
    areas: ['西山区'],
    line: '10kV西山线',
    reason: '配电变压器增容',
    from: 44,
    to: 50,
    estimate: 50,
    say: '西山区后天有计划停电，是给变压器增容，停电时间预计六个小时左右，家里有医疗设备请先告诉我。',
  },
  {
    kind: 'planned',
    areas: ['北关街道'],
    line: '10kV北关线',
    reason: '线路迁改配合道路施工',
    from: 68,
    to: 76,
    estimate: 76,
    say: '北关街道三天后有计划停电，配合道路施工迁移线路，预计八个小时左右。',
  },
  {
    kind: 'planned',
    areas: ['开发区'],
    line: '10kV科创线',
    reason: '开关柜检修',
    from: -2,
    to: 3,
    estimate: 3,
    say: '开发区今天的停电是早先公告过的计划检修，目前按计划进行，预计三个小时左右结束。',
  },
  {
    kind: 'temporary',
    areas: ['河东区'],
    line: '10kV河东线',
    reason: '处理设备发热缺陷',
    from: -1,
    to: 2,
    estimate: 2,
    update: 1,
    say: '河东区这次是临时检修，要处理设备发热的隐患，预计两个小时左右恢复，给您添麻烦了。',
  },
  {
    kind: 'temporary',
    areas: ['老城街道钟楼巷'],
    line: '台区低压线路',
    reason: '更换破损接户线',
    from: 5,
    to: 7,
    estimate: 7,
    say: '钟楼巷今天稍晚要临时停电，更换破损的进户线，预计两个小时左右。',
  },
  {
    kind: 'orderly',
    areas: ['工业园区'],
    reason: '高温负荷紧张',
    from: -4,
    to: 30,
    update: 6,
    say: '工业园区正在执行有序用电，请按方案错开高峰。居民生活用电不在这次范围里，有变化会提前通知。',
  },
  {
    kind: 'restoration',
    areas: ['城北区'],
    line: '10kV城北线',
    from: -1,
    to: 5,
    say: '城北区的线路已经恢复送电。如果只有您一家没电，请告诉我地址，我帮您登记查一下。',
  },
  {
    kind: 'restoration',
    areas: ['柳林镇'],
    line: '10kV柳林线',
    from: -2,
    to: 4,
    say: '柳林镇已经恢复送电。家里电器请一件一件打开，如果还没电，我现在帮您登记。',
  },
]

/** Posts the demo's notices, as of `now`. */
export function createDemoNotices(tx: Tx, now: number): void {
  const at = (hours: number | undefined) =>
    hours === undefined ? null : now + Math.round((hours * HOUR) / MINUTE) * MINUTE
  for (const { from, to, estimate, update, ...text } of NOTICES) {
    const times = { startsAt: at(from)!, endsAt: at(to)!, estimate: at(estimate), nextUpdateAt: at(update) }
    insertNotice(tx, now, null, { ...text, ...times })
  }
}
