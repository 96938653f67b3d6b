import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { departments } from '#server/people/index.ts'
import { publishedRevisions } from '#server/entries/index.ts'
import { openDb, write, type Db } from '#server/platform/db/db.ts'
import { importContent } from '#server/starter.ts'
import { contentFolder, entryFile, lineOfField } from '../support/content.ts'
import { NOW } from '../support/app.ts'

let db: Db
beforeEach(() => {
  db = openDb(':memory:')
})

const take = (folder: string) => write(db, tx => importContent(tx, NOW, folder))
const says = () => publishedRevisions(db, NOW).map(one => one.say)

/** The faults of one entry file beside a good one, without the folder. */
function faultsOf(text: string | Buffer, path = 'entries/market/bad.md'): string[] {
  const folder = contentFolder({ [path]: text, 'entries/market/good.md': entryFile() })
  const report = take(folder)
  expect([report.created, says()]).toEqual([1, ['要看停电的原因，我先给您登记。']])
  return report.faults.map(fault => fault.slice(fault.indexOf(path) + path.length + 1))
}

describe('a bad file is reported with line and reason, and nothing of it is taken over', () => {
  test.each([
    ['kind', 'rumour', /^kind must be equal to one of the allowed values: rule, standard, answer, process$/u],
    ['category', '天气', /^category must be equal to one of/u],
    ['topic', '天气', /^topic 天气 is not in topics\.yaml$/u],
    ['ownerDepartment', 'finance', /^department finance is not in departments\.yaml$/u],
    ['standardQuestion', '""', /^standardQuestion must NOT have fewer than 1 characters$/u],
    ['similarQuestions', '[甲, 乙, 丙, 丁, 戊]', /^similarQuestions must NOT have fewer than 6 items$/u],
    ['similarQuestions', '[甲, 甲, 乙, 丙, 丁, 戊]', /^similarQuestions must NOT have duplicate items/u],
    ['say', '话'.repeat(201), /^say must NOT have more than 200 characters$/u],
    ['say', '"  "', /^say is empty$/u],
    ['say', '12', /^say must be string$/u],
    ['labels', '[热门]', /^labels\.0 must be equal to one of the allowed values: 待核, 旧版$/u],
    ['scope', '{ company: 某网 }', /^scope\.company must be equal to one of/u],
    ['basis', '[{ source: nothing }]', /^source nothing is not in sources\.yaml$/u],
    ['validFrom', '明天', /^validFrom must match format "date"$/u],
    ['validUntil', '2026-02-30', /^validUntil must match format "date"$/u],
    ['colour', '红', /^the file must NOT have additional properties \(colour\)$/u],
    ['tags', '&a [*a]', /^an alias \(\*name\) is not taken/u],
    ['tags', '[没有结束', /^Flow sequence/u],
  ])('%s: %s', (field, value, reason) => {
    const text = entryFile({ [field]: value })
    const [fault = ''] = faultsOf(text)
    const [, line, said = ''] = /^(\d+): (.*)$/su.exec(fault) ?? []
    expect(said).toMatch(reason)
    expect(Number(line)).toBe(lineOfField(text, field))
  })

  test('validUntil before validFrom', () => {
    const text = entryFile({ validFrom: '2026-11-02', validUntil: '2026-11-01' })
    expect(faultsOf(text)).toEqual([`${lineOfField(text, 'validUntil')}: validUntil is before validFrom`])
  })

  test('a rule without a basis', () => {
    expect(faultsOf(entryFile({ kind: 'rule' }))).toEqual(['2: kind rule needs a basis'])
  })

  test('a field left out, and every other fault of the file beside it', () => {
    const faults = faultsOf(entryFile({ say: undefined, kind: 'rumour' }))
    expect(faults).toHaveLength(2)
    expect(faults.join()).toContain("must have required property 'say'")
  })

  test.each([
    ['no front matter', '只有正文。\n', '1: no front matter between two lines of ---'],
    ['an open front matter', '---\nkind: answer\n', '1: no front matter between two lines of ---'],
    ['an empty body', entryFile({}, '  '), '10: the body is empty'],
    ['a body too long', entryFile({}, '长'.repeat(50_001)), '10: the body is longer than 50000 characters'],
    [
      'another encoding',
      Buffer.from([0x2d, 0x2d, 0x2d, 0x0a, 0xcd, 0xa3, 0xb5, 0xe7]),
      '1: the file is not UTF-8',
    ],
  ])('%s', (_, text, fault) => expect(faultsOf(text)).toEqual([fault]))

  test('a key said twice in the front matter', () => {
    const text = entryFile().replace('say:', 'say: 甲\nsay:')
    expect(faultsOf(text)).toEqual([`${lineOfField(text, 'say') + 1}: Map keys must be unique`])
  })

  test('a name that is no key', () => {
    expect(faultsOf(entryFile(), 'entries/停电.md')).toEqual([
      '0: the file name must be lower-case words and hyphens',
    ])
  })

  test('the same key in two folders: the first is taken, the second told of it', () => {
    const folder = contentFolder({
      'entries/x/a.md': entryFile(),
      'entries/y/a.md': entryFile({ say: '另一条。' }),
    })
    const report = take(folder)
    expect([report.created, report.faults.length]).toEqual([1, 1])
    expect(report.faults[0]).toMatch(/y\/a\.md:0: the key is taken by .*x\/a\.md$/u)
  })
})

describe('a register that cannot be used stops everything', () => {
  const good = { 'entries/a.md': entryFile() }
  test.each([
    ['departments.yaml', undefined, 'departments.yaml:0: the file is missing'],
    ['sources.yaml', 'a: [', /sources\.yaml:1: /u],
    ['sources.yaml', 'Bad Key: 1', 'sources.yaml:1: the file must NOT have additional properties (Bad Key)'],
    [
      'topics.yaml',
      '停电: { category: 天气, ownerDepartment: market }',
      /topics\.yaml:1: 停电\.category must be equal/u,
    ],
    [
      'topics.yaml',
      '停电: { category: 其它, ownerDepartment: it }',
      'topics.yaml:1: ownerDepartment it is nowhere',
    ],
    [
      'sources.yaml',
      'a: { title: 甲, number: 一, issuer: 丙, kind: rule, status: current,\n  supersededBy: b }',
      'sources.yaml:2: supersededBy b is nowhere',
    ],
    ['departments.yaml', '[]', /departments\.yaml:1: the file must NOT have fewer than 1 items/u],
  ])('%s: %s', (path, text, fault) => {
    const folder = contentFolder({ ...good, [path]: text })
    const report = take(folder)
    expect(report.faults).toEqual([
      typeof fault === 'string' ? expect.stringContaining(fault) : expect.stringMatching(fault),
    ])
    expect([report.created, departments(db)]).toEqual([0, []])
  })

  test('no entries folder', () => {
    const folder = contentFolder()
    rmSync(join(folder, 'entries'), { recursive: true })
    expect(take(folder).faults).toEqual([expect.stringMatching(/entries:0: the folder is missing$/u)])
  })
})
