import type { AuditRow } from '#server/contract/audit.ts'
import { BYTE_ORDER_MARK, csvLine } from '#server/platform/text/csv.ts'

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
