/** A length of time as one says it, with one digit behind the point: “8分钟”, “2.5小时”, “1.5天”. `ms` in milliseconds. */
export function durationText(ms: number, locale: string): string {
  const [unit, size] =
    ms >= 172_800_000
      ? (['day', 86_400_000] as const)
      : ms >= 3_600_000
        ? (['hour', 3_600_000] as const)
        : (['minute', 60_000] as const)
  const digits = unit === 'minute' ? 0 : 1
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: locale.startsWith('zh') ? 'long' : 'short',
    maximumFractionDigits: digits,
  }).format(ms / size)
}

/** A share as a percentage with at most one digit behind the point; a dash where there is none, which is not 0. */
export const percentText = (share: number | null, locale: string): string =>
  share === null
    ? '—'
    : new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(share)

/** An ISO week such as 2026-W47 without its year: W47. */
export const weekText = (week: string): string => week.slice(5)
