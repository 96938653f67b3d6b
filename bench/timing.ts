import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'

/** Milliseconds that single runs of something took. */
export interface Timing {
  count: number
  p50: number
  p95: number
  p99: number
  max: number
}

/** Runs something once for each input, one after the other, and measures each run. */
export async function timeEach<T>(inputs: readonly T[], run: (input: T) => unknown): Promise<Timing> {
  const times: number[] = []
  for (const input of inputs) {
    const start = performance.now()
    await run(input)
    times.push(performance.now() - start)
  }
  return timingOf(times)
}

/** What single measurements, in milliseconds, come to. */
export function timingOf(measured: readonly number[]): Timing {
  const times = measured.toSorted((left, right) => left - right)
  const at = (part: number) => times[Math.min(times.length - 1, Math.floor(part * times.length))] ?? 0
  return { count: times.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }
}

/** Prints a heading and rows in columns as wide as their widest cell. */
export function printTable(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map(row => widthOf(row[column] ?? ''))))
  console.log(`\n${title}`)
  for (const row of all)
    console.log(
      row
        .map((cell, column) => pad(cell, widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
}

/** A row of a table of timings. */
export function timingRow(name: string, { count, p50, p95, p99, max }: Timing): string[] {
  return [name, String(count), ...[p50, p95, p99, max].map(time => time.toFixed(2))]
}

/** The head of a table of timings. */
export const TIMING_HEAD = ['ms', 'runs', 'p50', 'p95', 'p99', 'max']

/** Says what the figures were measured on. */
export function printMachine(): void {
  const memory = Math.round(totalmem() / 2 ** 30)
  const load = loadavg()[0]?.toFixed(1)
  console.log(
    `${cpus()[0]?.model ?? 'unknown'}, ${availableParallelism()} cores, ${memory} GiB, Node ${process.version}, load ${load}`,
  )
}

function pad(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - widthOf(cell)))
}

/** Chinese characters are two columns wide. */
function widthOf(cell: string): number {
  return Array.from(cell).reduce((sum, character) => sum + (/\p{Script=Han}/u.test(character) ? 2 : 1), 0)
}
