import type { Span, Speech } from './speech.ts'

/** A clause of an utterance. */
export interface Clause {
  text: string
  start: number
  end: number
  /** The sentence it belongs to. */
  sentence: Span
}

export const clausesOf = ({ text, clauses, sentences }: Speech): Clause[] =>
  clauses.map(([start, end]) => ({
    text: text.slice(start, end),
    start,
    end,
    sentence: sentences.find(([from, to]) => from <= start && to >= end) ?? [start, end],
  }))

const DENIED =
  /不能|没法|无法|不敢|不好[说跟和]|没有?办法|不确定|不保证|保证不了|说不准|说不好|答应不了|定不了|给不了|做不到|没做到|不一定|未必|不见得|不知道|不是|不算|不拿|不报|还没|还未|仍未|尚未|没有|没来|没到(?!你|了?找)|没恢复|没修|未恢复|未定|没定|没准|没[说讲报]|才[来恢修有通送](?!得)|完才|才能[通用送]/u
const ASKED = /几点|什么时候|多久|何时|是不是|是否|有没有|吗|哪|([^\d一-十])[不没]\1|能不能|可不可以/u
const OTHERS =
  /(?:有人|邻居|物业|网上|群里|谁|传单|宣传单|有的小区)[^,。]{0,6}[说讲传写的先]|听说|传的|(?<![跟和对给向诉])你(?:刚才|刚刚|之前|是|当时|前面)?(?:说|想|要|希望|要求|问|盼|反映|提|讲|听|觉得|等了|已经等|打算|报的|的要求|的诉求|担心|怀疑|记得)/u
const BEFORE =
  /昨|(?:分钟|小时|钟头|天)之?前[就已到来]|上次|上一次|上回|上一趟|上一回|那回|前天|前几天|上周|上个月|去年|已经|已于|已在|当时|那次|刚刚|刚才|之前[^,]*过|[前停][\d一二两三四五六七八九十半多个小时分钟天]{0,8}到的|记录的是|(?:恢复|修好|修通|来|送|通|停|到|修)的(?:电)?(?:$|[吗呢吧是这那])|[来送]的电|[来送修停到]过(?![来去])|到的现场|停了|修了/u

/** Whether a clause promises nothing: it denies, asks, tells what the customer said, or what was. */
export const promisesNothing = (clause: string): boolean =>
  DENIED.test(clause) || ASKED.test(clause) || OTHERS.test(clause) || BEFORE.test(clause)

const REPEATED = /(?:是|对)[吧吗不]|是不是/u

/** Whether a sentence asks the customer whether it was so: “两点才来的电，是吧”. */
export const asksBack = (sentence: string): boolean => REPEATED.test(sentence.slice(-6))

const TELLS =
  /告诉|告知|通知你|再通知|短信|发你|发给|发到|回电|回复|回话|回访|回你|打给|打电话|打过去|联系|更新|进展|消息|反馈|汇报|核实|确认|(?<!你)再看|再查|查一|问一|答复|报给|结果|说法/u

/** Whether a clause is about telling, so that a time in it is that of the news. */
export const isTelling = (clause: string): boolean => TELLS.test(clause)
