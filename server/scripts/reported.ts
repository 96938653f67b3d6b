import type { Speech } from './speech.ts'

/** How far before and after a hit the words stand that say whose words they are. */
const NEAR = 40

/** “您说…”, “您担心…”: the words of the customer; “您说话”, “您问我” are none. */
const CUSTOMER =
  /(?<![跟和对给向同让叫])你们?(?:刚才|刚刚|之前|前面|上次|上回|一直|也|都|是|的意思是|要是)*(?:[说讲](?!话|清|明白|得|完|重点|你|不|过了)|反映|提到|问(?!我|题|谁|什么|这|那|了|过|遍)|担心|怀疑|听说|听到|转述|提出)(?!的[这那]?[个些件种]?(?:情况|问题|诉求|事|意见|建议|要求|内容|停电|故障))[^,。!?;]*$/u
/** “我不会跟您说…”, “我要是说…”: what is said by nobody. */
const DISOWNED =
  /(?:不会|不该|不能|不敢|不想|不应该?|没法|无法|没有谁|要是|如果|假如|谁也|谁都|哪怕|说不出)[^,。!?;]{0,8}(?:[说讲]|答应|许诺|拿|给你打|打包票|断定|说不出)[^,。!?;]*$/u
const NAMED_AFTER = /^[^,。!?;]{0,12}(?:这种话|这样的话|这句话|这些话|那种话|的说法|这种说法|这一句|这一条)/u
/** What somebody did or said before, for which the agent makes up: “上回有人叫您撤诉，是不对的”. */
const OTHERS =
  /(?:上次|上回|那次|那回|那天|当时|昨天|前天|上周|以前|之前|\d月|有人|窗口|同事|坐席|谁|营业厅|师傅|抄表员|催费员|客服|热线|外包|人员|那位)[^。!?;]*$/u
const MADE_UP =
  /不对的|做错|不应该|不该|道歉|对不起|单独登记|登记下来|我登记|我去核实|我去查|我(?:会)?追究|我们(?:会)?追究|原样记|骗人|是假的|诈骗|别信|记下来|不允许|不合适|不合规|违规|不妥|伤人|不礼貌|赔不是|赔个不是|赔礼|单独记|记一条|我要核实|我要查|告诉我是[谁哪]/u

/** Whether a stretch of an utterance is told of somebody else, or disowned, without quotation marks. */
export function isReported({ text }: Speech, { start, end }: { start: number; end: number }): boolean {
  const before = text.slice(Math.max(0, start - NEAR), start)
  if (CUSTOMER.test(before) || DISOWNED.test(before)) return true
  const after = text.slice(end, end + NEAR)
  return NAMED_AFTER.test(after) || (OTHERS.test(before + text.slice(start, end)) && MADE_UP.test(after))
}

/** What takes back all that comes after it in its clause, whatever the list: “不会…”, “没有人…”. An order (别…) may be the fault itself. */
const DENIAL =
  /(?<![能可会要用该是])不(?:会|能|该|应该|需要|用|必|再|许|准)|(?<!有)没有?(?:谁|人)|从不|绝不|从来没|并非|谁也没/u

/** Whether a stretch of an utterance is denied in its clause. */
export function isDenied({ text, clauses }: Speech, { start }: { start: number }): boolean {
  const clause = clauses.find(([from, to]) => from <= start && to > start)
  return clause !== undefined && DENIAL.test(text.slice(clause[0], start))
}
