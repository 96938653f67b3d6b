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
  /不能|没法|无法|不敢|不好[说跟和]|没有?办法|不确定|不保证|保证不了|说不准|说不好|答应不了|定不了|给不了|做不到|不一定|未必|不见得|不知道|不是|还没|还未|仍未|尚未|没有|没来|没到|没恢复|没修|未恢复|未定|才[来恢修有通送]/u
const ASKED = /几点|什么时候|多久|何时|是不是|是否|有没有|能不能|可不可以|吗|哪/u
const OTHERS =
  /(?:有人|邻居|物业|网上|群里|谁)[^,。]{0,6}[说讲传]|听说|(?<![跟和对给向诉])你(?:刚才|刚刚|之前|是)?(?:说|想|要|希望|要求|问|盼|反映|提|讲|听|觉得|等了|打算|的要求|的诉求)/u
const BEFORE = /昨|上次|上一次|前天|上周|上个月|已经|已于|已在|当时|那次|刚刚/u

/** Whether a clause promises nothing: it denies, asks, tells what the customer said, or what was. */
export const promisesNothing = (clause: string): boolean =>
  DENIED.test(clause) || ASKED.test(clause) || OTHERS.test(clause) || BEFORE.test(clause)

const REPEATED = /(?:是|对)[吧吗不]|是不是/u

/** Whether a sentence asks the customer whether it was so: “两点才来的电，是吧”. */
export const asksBack = (sentence: string): boolean => REPEATED.test(sentence.slice(-6))

const TELLS =
  /告诉|告知|通知你|再通知|短信|发你|发给|发到|回电|回复|回话|回访|回你|打给|打电话|打过去|联系|更新|进展|消息|反馈|汇报|核实|确认|再看|再查|查一|问一|答复|报给|结果|说法/u

/** Whether a clause is about telling, so that a time in it is that of the news. */
export const isTelling = (clause: string): boolean => TELLS.test(clause)
