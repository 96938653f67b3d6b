import type { AuditRow } from '#server/contract/audit.ts'

/** Without it Excel reads Chinese as the code page of the machine. */
const BYTE_ORDER_MARK = '\uFEFF'

const HEADINGS = [
  '序号',
  '时间 (UTC)',
  '工号',
  '姓名',
  '来源地址',
  '动作',
  '对象',
  '备注',
  '变更前 SHA-256',
  '变更后 SHA-256',
  '链 SHA-256',
]

/** What a spreadsheet may take for a formula (OWASP, CSV injection), full-width forms among it, also after blanks. */
const FORMULA = /^[\s"']*[=+\-@＝＋－＠]|^[\t\r\n]/u

/** The first line of an export: what its columns are. */
export const csvHead = (): string => BYTE_ORDER_MARK + csvLine(HEADINGS)

/** One row of an export. */
export const csvRow = (row: AuditRow): string =>
  csvLine([
    row.id,
    row.at,
    row.person?.workNo,
    row.person?.name,
    row.from,
    row.action,
    row.subject,
    row.note,
    row.before,
    row.after,
    row.hash,
  ])

/** A line of CSV (RFC 4180) whose cells no spreadsheet takes for a formula: such a cell begins with an apostrophe. */
export const csvLine = (cells: readonly (string | number | null | undefined)[]): string =>
  `${cells.map(cell => quoted(String(cell ?? ''))).join(',')}\r\n`

function quoted(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
