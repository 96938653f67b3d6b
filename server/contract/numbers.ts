/** Seven or more digits, also with blanks, dashes, dots or brackets between: a customer's telephone or account number. */
export const CUSTOMER_NUMBER = /\d(?:[\s\p{Pd}\p{Cf}().,·/_]{0,3}\d){6,}/gu
export const MASK = '＊＊＊'

/**
 * Words with the numbers of customers masked (个人信息保护法 第6条), however wide the digits are; words that have none stay
 * as they were written, since folding would narrow their Chinese punctuation.
 */
export function withoutNumbers(words: string): string {
  const folded = words.normalize('NFKC')
  const masked = folded.replace(CUSTOMER_NUMBER, MASK)
  return masked === folded ? words : masked
}
