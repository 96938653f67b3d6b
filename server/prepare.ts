import { mkdirSync } from 'node:fs'
import { isLoopback, type Config } from './config.ts'
import { createDemoNotices } from './notices/index.ts'
import { createDemoPeople } from './people/index.ts'
import { write, type Db } from './platform/db/db.ts'
import { readSetting, writeSetting } from './platform/kernel/records.ts'
import { CONTENT, importContent } from './starter.ts'

const FILLED = 'filled_at'

/** Starter content that could not be taken over; its message has one line a fault. */
export class ContentFault extends Error {}

/** Makes DATA_DIR when it is missing, closed to other users of the machine. */
export function makeDataDir(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
}

/**
 * Fills an empty database with the starter content and, where it may begin as a demo, with personas and notices; all
 * of it or, with a ContentFault, nothing. A database that was filled before is left alone.
 */
export function fillWhenEmpty(
  db: Db,
  now: number,
  config: Pick<Config, 'demo' | 'host'>,
  folder = CONTENT,
): void {
  write(db, tx => {
    if (readSetting(tx, FILLED) !== undefined) return
    const { faults } = importContent(tx, now, folder)
    if (faults.length > 0) throw new ContentFault(faults.join('\n'))
    writeSetting(tx, FILLED, String(now))
    if (config.demo === 'off' || !isLoopback(config.host)) return
    createDemoPeople(tx, now)
    createDemoNotices(tx, now)
  })
}
