import type { ChartTable } from './drawing.ts'

/** Begins a file that spreadsheets are to read as UTF-8. */
const MARK = '\uFEFF'
/** What a spreadsheet would reckon instead of show (CWE-1236); a plain number stays one. */
const FORMULA = /^[=+\-@\t\r]/u
const NUMBER = /^[+-]?\d[\d.,]*%?$/u

/** A table as a CSV file (RFC 4180), for spreadsheets. */
export const csvOf = ({ heads, rows }: ChartTable): string =>
  MARK + [heads, ...rows].map(row => row.map(cellOf).join(',')).join('\r\n') + '\r\n'

function cellOf(text: string): string {
  const plain = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
  return /[",\r\n]/u.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

/** Hands a table to the browser as a file. Signs that no file name may have are left out. */
export function downloadCsv(title: string, table: ChartTable): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([csvOf(table)], { type: 'text/csv;charset=utf-8' }))
  link.download = `${title.replace(/[\\/:*?"<>|\s]+/gu, '-').slice(0, 80)}.csv`
  link.click()
  URL.revokeObjectURL(link.href)
}
