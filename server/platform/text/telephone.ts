/** Mobile, as MIIT numbers them 公众移动通信网 (电信网编号计划 2017); +86, 0086 or a trunk 0 may stand before it. */
const MOBILE = /^(?:(?:00)?86|0)?(1[3-9]\d{9})$/u
/** Landline 固定电话 behind 0 or +86: area codes 区号 10 and 2x have eight digits after them, the others seven or eight. */
const LANDLINE = /^(?:(?:00)?86|0)((?:10|2\d)[2-8]\d{7}|[3-9]\d{2}[2-8]\d{6,7})$/u
/** Without area code, as someone of the place says it. */
const LOCAL = /^[2-8]\d{6,7}$/u
/** 400 and 800 numbers of firms. */
const FIRM = /^[48]00\d{7}$/u
/** From abroad, Hong Kong 香港 and Macao 澳门 among it: at most 15 digits (ITU-T E.164). */
const ABROAD = /^00(?!86|0)\d{8,15}$/u
const EXTENSION = /(?:转|分机|ext\.?|x|#|-)(\d{1,6})$/u

/**
 * The number a written telephone number stands for, as it is dialled: digits, 00 before a country, and an extension 分机
 * behind a dash; undefined when no telephone can have it.
 */
export function telephone(text: string): string | undefined {
  const narrow = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{Cf}().·_]/gu, '')
    .replace(/^\+/u, '00')
  if (/[^\d\p{Pd}转分机ext#]/u.test(narrow)) return undefined
  const whole = dialled(narrow)
  if (whole !== undefined) return whole
  const written = narrow.replaceAll(/\p{Pd}/gu, '-')
  const extension = EXTENSION.exec(written)
  const base = extension && dialled(written.slice(0, extension.index))
  return base ? `${base}-${extension[1]}` : undefined
}

/** A telephone number without its extension: what tells the same customer again. */
export const subscriber = (phone: string): string => phone.replace(/-.*$/u, '')

function dialled(text: string): string | undefined {
  const digits = text.replaceAll(/\p{Pd}/gu, '')
  if (!/^\d+$/u.test(digits)) return undefined
  const mobile = MOBILE.exec(digits)?.[1]
  const landline = LANDLINE.exec(digits)?.[1]
  if (mobile ?? landline) return mobile ?? `0${landline}`
  return LOCAL.test(digits) || FIRM.test(digits) || ABROAD.test(digits) ? digits : undefined
}
