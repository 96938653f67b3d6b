/** Begins a file of CSV: without it Excel reads Chinese as the code page of the machine. */
export const BYTE_ORDER_MARK = '\uFEFF'

/** What a spreadsheet may take for a formula (OWASP, CSV injection), full-width forms among it, also after blanks. */
const FORMULA = /^[\s"']*[=+\-@＝＋－＠]|^[\t\r\n]/u

/** A line of CSV (RFC 4180) whose cells no spreadsheet takes for a formula: such a cell begins with an apostrophe. */
export const csvLine = (cells: readonly (string | number | null | undefined)[]): string =>
  `${cells.map(cell => quoted(String(cell ?? ''))).join(',')}\r\n`

function quoted(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
