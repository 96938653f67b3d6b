import type { PersonalKind } from '#server/contract/question-lists.ts'

/** A number as it stands in a folded text: its digits (and x), and what is just before and after it. */
export interface Words {
  digits: string
  before: string
  after: string
}

interface Look {
  kind: PersonalKind
  pattern: RegExp
  /** Whether what looks so is one, by its digits and the words around it. */
  isOne: (words: Words) => boolean
}

/** Names of numbers that are nobody's: of tickets, documents, things. They stand right before the number. */
const THING =
  /(?:工单|订单|流水|交易|发票|票据|凭证|合同|通知|公告|公示|文件|资产|设备|电表|表计|条码|出厂|线路|台区|信用代码|运单|快递|验证码|(?:单|文|税|型|表|杆)(?=号|编号))(?:编号|号码|号)?(?:是|为|叫)?[\s:#第]*$/u
const MONEY = /[¥$]\s*$/u
/** What is measured or paid, or a document's 号: no number of a person. */
const UNIT =
  /^\s*(?:元|块钱|万元|亿元|万度|度|千瓦|kw|mw|kva|伏|v(?![a-z])|公里|号令|号文|户(?!号|名)|%|\.\d)/u
const ACCOUNT = /(?:户号|户名|编号|客户号|用户号|缴费号|电费号|总户号)[^\d。,;!?]{0,6}$/u
const ACCOUNT_AFTER =
  /^\s*(?:这个)?(?:这?是|就是|为)?(?:我家|我们|我|他|她|客户)?的?(?:户号|用户编号|客户编号)/u
const TELEPHONE = /(?:电话|座机|固话|手机|联系|回电|回拨|致电|打给)[^\d。,;!?]{0,5}$/u
const CARD = /(?:身份证|证件)[^\d。,;!?]{0,6}$/u

const isThings = ({ before, after }: Words): boolean =>
  THING.test(before) || MONEY.test(before) || UNIT.test(after)

const GAP = String.raw`[\s\p{Pd}.()·]{0,2}`
const THIN = String.raw`[\s\p{Pd}]?`
const START = String.raw`(?<![\da-z]|\d\.)`

/** The surest first: what one has taken is nothing else. */
export const LOOKS: readonly Look[] = [
  {
    kind: 'id_card',
    pattern: new RegExp(String.raw`${START}\d(?:${THIN}\d){16}${THIN}[\dx](?![\da-z])`, 'gu'),
    isOne: words => isCard(words.digits) || CARD.test(words.before),
  },
  {
    kind: 'account',
    pattern: new RegExp(String.raw`${START}\d(?:${THIN}\d){9,12}(?!\d)`, 'gu'),
    isOne: words => !isThings(words) && (ACCOUNT.test(words.before) || ACCOUNT_AFTER.test(words.after)),
  },
  {
    kind: 'phone',
    pattern: new RegExp(String.raw`${START}(?:(?:\+?86|0086|0)${GAP})?1[3-9](?:${GAP}\d){9}(?!\d)`, 'gu'),
    isOne: words => !isThings(words),
  },
  {
    kind: 'phone',
    pattern: new RegExp(
      String.raw`${START}\(?(?:\+?86${GAP}|0)(?:10|2\d|[3-9]\d\d)${GAP}[2-8]\d{2,3}${GAP}\d{4}(?!\d)`,
      'gu',
    ),
    isOne: words => !isThings(words),
  },
  {
    kind: 'phone',
    pattern: new RegExp(String.raw`${START}[2-8]\d{2,3}${THIN}\d{4}(?!\d)`, 'gu'),
    isOne: words => TELEPHONE.test(words.before) && !isThings(words) && !isMoment(words.digits),
  },
  {
    kind: 'id_card',
    pattern: /(?<![\da-z]|\d\.)\d{15}(?![\da-z])/gu,
    isOne: words => !isThings(words) && (isOldCard(words.digits) || CARD.test(words.before)),
  },
  {
    kind: 'account',
    pattern: /(?<![\da-z\]〕]|\d\.)\d{10,13}(?![\da-z])/gu,
    isOne: words => !isThings(words) && !isMoment(words.digits) && !/^[48]00/u.test(words.digits),
  },
]

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** Whether 18 characters are an identity card's: a day of birth and the check digit (GB 11643-1999). */
function isCard(digits: string): boolean {
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
  return '10x98765432'[sum % 11] === digits[17] && isDay(digits.slice(6, 14))
}

/** Whether 15 digits are an old card's: a place and a day of birth in the last century. */
const isOldCard = (digits: string): boolean =>
  /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])/u.test(digits) && isDay(`19${digits.slice(6, 12)}`)

/** Whether digits are a day, or a moment of one: YYYYMMDD, and perhaps hh, hhmm or hhmmss. */
const isMoment = (digits: string): boolean =>
  isDay(digits.slice(0, 8)) && /^(?:(?:[01]\d|2[0-4])(?:[0-5]\d){0,2})?$/u.test(digits.slice(8))

function isDay(digits: string): boolean {
  const [, year, month, day] = /^((?:19|20)\d\d)(\d\d)(\d\d)$/u.exec(digits) ?? []
  if (!year) return false
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day)
}
