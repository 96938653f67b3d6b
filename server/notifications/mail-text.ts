import type { NotificationEvent } from '#server/contract/lists.ts'
import type { Digest, NotificationView } from '#server/contract/notification.ts'

/** The text of a mail; plain, so that nothing an author wrote is taken for anything else. */
export interface MailText {
  subject: string
  text: string
}

/** What happened, in the words of the trade. */
const WORDS: Record<NotificationEvent, string> = {
  'review.opened': '待评审',
  'review.due': '评审即将到期',
  'review.overdue': '评审已逾期',
  'review.returned': '被退回',
  'review.withdrawn': '作者撤回了评审',
  'revision.published': '已发布',
  'source.superseded': '依据已更新',
  'quote.updated': '引用已更新',
  'feedback.given': '坐席反馈',
  'feedback.answered': '反馈已处理',
  'verification.due': '待复核',
  'notice.posted': '电网状态通知',
  'question.routed': '待答问题',
  'question.returned': '待答问题需补充',
  'question.answered': '问题已有答案',
  'question.refused': '问题不予答复',
  'question.overdue': '待答问题已逾期',
  'callback.due': '待回拨',
}

const WHERE: Partial<Record<NotificationEvent, string>> = {
  'review.opened': '请登录首解，在“评审”里查看并表决。',
  'question.routed': '请登录首解，在“待答问题”里查看、领取并答复。',
  'review.returned': '退回的理由和意见请登录首解，在“我的稿件”里查看；修改后可以再次提交。',
}

/** The mail that tells of one notification at once. */
export const oneMail = (name: string, { event, title }: NotificationView): MailText => ({
  subject: `【首解】${WORDS[event]}：${title ?? ''}`,
  text: [`${name}，您好：`, '', `${WORDS[event]}：${title ?? ''}`, '', WHERE[event] ?? '', ''].join('\n'),
})

/** The mail that tells of a day. */
export function digestMail(name: string, { day, total, groups }: Digest): MailText {
  const lines = groups.flatMap(({ event, count, notifications }) => [
    `${WORDS[event]}（${count}）`,
    ...notifications.map(one => `  ${one.title ?? '（已不在有效状态）'}`),
    ...(count > notifications.length ? [`  ……另有 ${count - notifications.length} 条`] : []),
    '',
  ])
  const head = [`${name}，您好：`, '', `${day} 共有 ${total} 条消息。`, '']
  return { subject: `【首解】每日摘要 ${day}（${total} 条）`, text: [...head, ...lines].join('\n') }
}
