import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { departments, putDepartment } from '#server/people/index.ts'
import { publishedRevisions, publishRevision, retireEntry, reviseEntry } from '#server/entries/index.ts'
import { approval, revision } from '#server/entries/tables.ts'
import { openDb, write, type Db } from '#server/platform/db/db.ts'
import { DAY } from '#server/platform/kernel/clock.ts'
import { importContent } from '#server/starter.ts'
import { contentFolder, entryFile, writeFiles } from '../support/content.ts'
import { NOW } from '../support/app.ts'

let db: Db
beforeEach(() => {
  db = openDb(':memory:')
})

const take = (folder: string, now = NOW) => write(db, tx => importContent(tx, now, folder))
const counts = ({ created, updated, unchanged, faults }: ReturnType<typeof take>) => [
  created,
  updated,
  unchanged,
  faults.length,
]
const says = () => publishedRevisions(db, NOW + DAY).map(one => one.say)
test('a folder is taken over with a founding approval and a day to verify by', () => {
  expect(counts(take(contentFolder({ 'entries/market/outage.md': entryFile() })))).toEqual([1, 0, 0, 0])
  expect(publishedRevisions(db, NOW)).toMatchObject([
    { key: 'outage', number: 1, authorId: null, publishedAt: NOW, verifyBy: NOW + 180 * DAY },
  ])
  expect(db.select().from(approval).all()).toMatchObject([{ department: 'market', personId: null, at: NOW }])
})

test('days are days in China, and the last one counts whole', () => {
  const text = entryFile({ validFrom: '2026-11-01', validUntil: '2026-11-30', verifyBy: '2026-12-31' })
  take(contentFolder({ 'entries/a.md': text }))
  expect(db.select().from(revision).get()).toMatchObject({
    validFrom: Date.parse('2026-10-31T16:00:00Z'),
    validUntil: Date.parse('2026-11-30T16:00:00Z'),
    verifyBy: Date.parse('2026-12-31T16:00:00Z'),
  })
})

describe('again', () => {
  test('the same folder does nothing', () => {
    const folder = contentFolder({
      'entries/a.md': entryFile(),
      'entries/b.md': entryFile({ say: '另一条。' }),
    })
    take(folder)
    expect(counts(take(folder, NOW + DAY))).toEqual([0, 0, 2, 0])
    expect(db.select().from(revision).all()).toHaveLength(2)
  })

  test('a changed file is a new revision; changed back, one more', () => {
    const folder = contentFolder({ 'entries/a.md': entryFile() })
    take(folder)
    for (const say of ['新的口径。', '要看停电的原因，我先给您登记。']) {
      writeFiles(folder, { 'entries/a.md': entryFile({ say }) })
      expect(counts(take(folder))).toEqual([0, 1, 0, 0])
      expect(says()).toEqual([say])
    }
    expect(
      db
        .select()
        .from(revision)
        .all()
        .map(one => one.number),
    ).toEqual([1, 2, 3])
  })

  test('a file moved to another folder is the same entry; a file taken away leaves its entry', () => {
    const folder = contentFolder({ 'entries/x/a.md': entryFile() })
    take(folder)
    rmSync(join(folder, 'entries/x'), { recursive: true })
    expect(counts(take(folder))).toEqual([0, 0, 0, 0])
    writeFiles(folder, { 'entries/y/a.md': entryFile() })
    expect(counts(take(folder))).toEqual([0, 0, 1, 0])
    expect(says()).toHaveLength(1)
  })

  test('what was changed in the service is not overwritten, and said so', () => {
    const folder = contentFolder({ 'entries/a.md': entryFile() })
    take(folder)
    const { id: _, ...imported } = db.select().from(revision).get()!
    write(db, tx => {
      const text = { ...imported, say: '小组改过的口径。', basis: [], importHash: undefined }
      publishRevision(tx, NOW, reviseEntry(tx, NOW, { personId: null }, 1, text), [])
    })
    expect(counts(take(folder))).toEqual([0, 0, 1, 0])
    writeFiles(folder, { 'entries/a.md': entryFile({ say: '文件里的新口径。' }) })
    const report = take(folder)
    expect(report.faults).toEqual([expect.stringMatching(/a\.md:1: the entry was changed in the service/u)])
    expect(says()).toEqual(['小组改过的口径。'])
  })

  test('what was retired in the service stays retired', () => {
    const folder = contentFolder({ 'entries/a.md': entryFile() })
    take(folder)
    write(db, tx => retireEntry(tx, NOW, null, 1, '依据已废止'))
    expect(counts(take(folder))).toEqual([0, 0, 1, 0])
    writeFiles(folder, { 'entries/a.md': entryFile({ say: '文件里的新口径。' }) })
    expect(counts(take(folder))).toEqual([0, 0, 0, 1])
    expect(says()).toEqual([])
  })

  test('names an admin gave a department stay', () => {
    const folder = contentFolder()
    take(folder)
    write(db, tx => putDepartment(tx, 'market', { name: '营销服务', nameEn: 'Marketing' }))
    take(folder)
    expect(departments(db)).toEqual([{ slug: 'market', name: '营销服务', nameEn: 'Marketing' }])
  })
})

test('line ends of Windows and a byte order mark are no fault', () => {
  const text = `\uFEFF${entryFile().replaceAll('\n', '\r\n')}`
  expect(counts(take(contentFolder({ 'entries/a.md': text })))).toEqual([1, 0, 0, 0])
  expect(says()).toEqual(['要看停电的原因，我先给您登记。'])
})
