import { beforeAll, describe, expect, test } from 'vitest'
import { CATEGORIES, KNOWLEDGE_KINDS, LABELS } from '#server/contract/lists.ts'
import { publishedRevisions, type PublishedRevision } from '#server/entries/index.ts'
import { approval } from '#server/entries/tables.ts'
import { openDb, write, type Db } from '#server/platform/db/db.ts'
import { renderMarkdown } from '#server/platform/markdown/render.ts'
import { fold } from '#server/platform/text/fold.ts'
import { CONTENT, importContent, type ImportReport } from '#server/starter.ts'
import { readTopics } from '../support/content.ts'
import { NOW } from '../support/app.ts'

let db: Db
let report: ImportReport
/** What is answered from; scripts and the guides of their steps have their own tests. */
let entries: PublishedRevision[]

beforeAll(() => {
  db = openDb(':memory:')
  report = write(db, tx => importContent(tx, NOW, CONTENT))
  entries = publishedRevisions(db, NOW).filter(one => KNOWLEDGE_KINDS.some(kind => kind === one.kind))
})

/** Names of the entries that fail `holds`, so that a failure says which to mend. */
const failing = (holds: (entry: PublishedRevision) => boolean) =>
  entries.filter(entry => !holds(entry)).map(entry => entry.key)

const plain = (text: string) => fold(text).text.replace(/[^\p{L}\p{N}]/gu, '')
const words = (body: string) => renderMarkdown(body, () => 1).replace(/<code>.*?<\/code>|<[^>]+>/gsu, '')

describe('the starter content', () => {
  test('is taken over without a fault, and again without a change', () => {
    expect(report.faults).toEqual([])
    expect(report.created).toBeGreaterThanOrEqual(160)
    expect(publishedRevisions(db, NOW)).toHaveLength(report.created)
    const again = write(db, tx => importContent(tx, NOW, CONTENT))
    expect(again).toEqual({ created: 0, updated: 0, unchanged: report.created, faults: [] })
  })

  test('covers every topic', () => {
    const covered = new Set(entries.map(entry => entry.topic))
    const topics = readTopics(CONTENT)
    expect(topics.length).toBeGreaterThan(100)
    expect(topics.filter(topic => !covered.has(topic))).toEqual([])
  })

  test('has at least six wordings of callers an entry, no two the same', () => {
    expect(failing(entry => entry.similarQuestions.length >= 6)).toEqual([])
    expect(failing(({ similarQuestions: all }) => new Set(all.map(plain)).size === all.length)).toEqual([])
  })

  test('gives a caller’s wording to one topic only', () => {
    const topicOf = new Map<string, string>()
    const torn = entries.flatMap(({ topic, similarQuestions }) =>
      similarQuestions.filter(wording => {
        const first = topicOf.get(wording) ?? topic
        topicOf.set(wording, first)
        return first !== topic
      }),
    )
    expect(torn).toEqual([])
  })

  test('is spoken: at most 200 characters, without marks of writing', () => {
    expect(failing(({ say }) => [...say].length <= 200)).toEqual([])
    expect(failing(({ say }) => !/[|#*_<>[\]`]|https?:/u.test(say))).toEqual([])
    expect(failing(({ say }) => /[。？！]$/u.test(say))).toEqual([])
  })

  test('promises nothing: no guarantee, no absolute word, but where it says that there is none', () => {
    const honest =
      /不能?(?:向您)?保证|无法保证|没法保证|不敢保证|不一定|不绝对|绝对(?:不要|不能|不可|禁止|别)|一定(?:要|不要|别|记得|先|程度|条件|时间|期限|的|是|比例|范围|数量|距离|会)/gu
    const promise = /保证|肯定能|肯定会|绝对|百分之百|一定能|必定/u
    expect(failing(({ say }) => !promise.test(say.replace(honest, '')))).toEqual([])
  })

  test('rests on a source unless it is an answer, and on the word of its owner', () => {
    const cited = new Set(db.$client.prepare('select revision_id from revision_basis').pluck().all())
    expect(failing(entry => entry.kind === 'answer' || cited.has(entry.revisionId))).toEqual([])
    const approved = new Map(
      db
        .select()
        .from(approval)
        .all()
        .map(row => [row.revisionId, row.department]),
    )
    expect(failing(entry => approved.get(entry.revisionId) === entry.ownerDepartment)).toEqual([])
    expect(failing(entry => entry.verifyBy !== null && entry.verifyBy > NOW)).toEqual([])
  })

  test('links only to entries that are there', () => {
    const keys = new Set(entries.map(entry => entry.key))
    const missing = entries.flatMap(({ key, body }) =>
      Array.from(body.matchAll(/\(entry:([^)\s]+)\)/gu), ([, ref]) => ref!)
        .filter(ref => !keys.has(ref))
        .map(ref => `${key} → ${ref}`),
    )
    expect(missing).toEqual([])
  })

  test('renders: tables are tables and no mark is left over', () => {
    expect(failing(({ body }) => !/\*\*|^\||\]\(/mu.test(words(body)))).toEqual([])
  })

  test.each(['六步', '五步', '七步法的通用版', '七步法的电力版', '四个阶段'])(
    'has the flow of complaints: %s',
    name => {
      const flow = entries.find(entry => entry.standardQuestion.includes(name) && entry.kind === 'process')
      expect(flow?.topic).toBeDefined()
    },
  )

  test('marks what is still to be checked, and has both networks', () => {
    expect(new Set(entries.flatMap(entry => entry.labels))).toEqual(new Set(LABELS))
    expect(new Set(entries.flatMap(entry => entry.scope.company ?? []))).toEqual(new Set(['国网', '南网']))
    expect(new Set(entries.map(entry => entry.kind)).size).toBe(4)
    expect(new Set(entries.map(entry => entry.category)).size).toBe(CATEGORIES.length)
  })
})
