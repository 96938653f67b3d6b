import { describe, expect, it } from 'vitest'
import { csvOf } from '../../../web/insights/csv.ts'

const table = (...rows: string[][]) => csvOf({ heads: ['话术', '次数'], rows })

describe('a table as a CSV file', () => {
  it('begins with the mark of UTF-8 and ends each line as RFC 4180 says', () => {
    expect(table(['停电', '3'])).toBe('\uFEFF话术,次数\r\n停电,3\r\n')
  })

  it('keeps commas, quotes and line breaks within their cell', () => {
    expect(table(['他说"停电",又来', '一\n二'])).toContain('"他说""停电"",又来","一\n二"')
  })

  it('leaves a spreadsheet nothing to reckon, and numbers numbers', () => {
    expect(table(['=1+1', '-3'])).toContain("'=1+1,-3")
    expect(table(['@SUM(A1)', '-12.5%'])).toContain("'@SUM(A1),-12.5%")
    expect(table(['-停电', '+cmd'])).toContain("'-停电,'+cmd")
  })
})
