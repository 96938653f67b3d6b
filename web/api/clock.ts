let skew = 0

/** Learns from a Date header how far this computer's clock is from the server's; small differences are left alone. */
export function noteServerDate(header: string | null): void {
  const server = header === null ? Number.NaN : Date.parse(header)
  if (Number.isNaN(server)) return
  const difference = server - Date.now()
  skew = Math.abs(difference) < 2_000 ? 0 : difference
}

/** The server's time now, in ms since 1970: calls and notices are timed by it, also on a computer that runs wrong. */
export const serverNow = (): number => Date.now() + skew
