import {
  draftEntry,
  publishRevision,
  retireEntry,
  reviseEntry,
  type NewRevision,
} from '#server/entries/index.ts'
import { insertNotice } from '#server/notices/commands.ts'
import { write, type Db } from '#server/platform/db/db.ts'
import { HOUR } from '#server/platform/kernel/clock.ts'
import { sourceIdsByKey, type SourceLine } from '#server/sources/index.ts'

type NoticeRow = Omit<Parameters<typeof insertNotice>[3], 'line'> & { line?: string }

/** Makes rows the way the service itself does, without asking who: what a test needs to begin with. */
export interface Build {
  /** A published entry; returns its id. */
  entry: (text?: Partial<NewRevision>, key?: string) => number
  /** An entry nobody published. */
  draft: (text?: Partial<NewRevision>, key?: string) => { entryId: number; revisionId: number }
  /** One more revision of an entry, not published; returns its id. */
  revision: (entryId: number, text?: Partial<NewRevision>) => number
  publish: (revisionId: number) => void
  retire: (entryId: number) => void
  /** A notice in force from an hour ago for four hours; returns its id. */
  notice: (notice?: Partial<NoticeRow>) => number
  /** The id of one of the sources below. */
  source: (key: keyof typeof SOURCE_LINES) => number
}

/** Builders on `db` that take the time from `clock`. */
export function builders(db: Db, clock: { now: number }): Build {
  const publish: Build['publish'] = revisionId =>
    write(db, tx => publishRevision(tx, clock.now, revisionId, [{ department: 'market', personId: null }]))
  const draft: Build['draft'] = (text, key) =>
    write(db, tx => draftEntry(tx, clock.now, BY, { ...TEXT, ...text }, key))
  return {
    draft,
    publish,
    entry: (text, key) => {
      const { entryId, revisionId } = draft(text, key)
      publish(revisionId)
      return entryId
    },
    revision: (entryId, text) =>
      write(db, tx => reviseEntry(tx, clock.now, BY, entryId, { ...TEXT, ...text })),
    retire: entryId => write(db, tx => retireEntry(tx, clock.now, null, entryId, '依据已废止')),
    notice: row => {
      const times = { startsAt: clock.now - HOUR, endsAt: clock.now + 3 * HOUR }
      return write(db, tx => insertNotice(tx, clock.now, null, { ...NOTICE, ...times, ...row }))
    },
    source: key => sourceIdsByKey(db).get(key)!,
  }
}

const BY = { personId: null }

const TEXT: NewRevision = {
  kind: 'answer',
  category: '供电可靠',
  topic: '停电赔偿',
  ownerDepartment: 'market',
  standardQuestion: '停电造成损失，供电企业赔不赔？',
  similarQuestions: ['停电坏了一冰箱肉谁赔', '停了一天电能不能赔钱'],
  say: '要看停电是什么原因造成的。供电企业责任的事故停电，按规定赔偿；我先给您登记，请说一下地址。',
  body: '## 依据\n\n供电企业责任造成停电的，按**有关规定**赔偿。',
  scope: {},
  tags: ['赔偿'],
  labels: [],
  basis: [],
  validFrom: null,
  validUntil: null,
  verifyBy: null,
}

const NOTICE: Omit<NoticeRow, 'startsAt' | 'endsAt'> = {
  kind: 'fault',
  areas: ['东城区'],
  line: '10kV新民线',
  reason: '雷击跳闸',
  nextUpdateAt: null,
  say: '您那一片是线路故障引起的停电，抢修人员已经到现场，有进展我们会更新。',
}

const SOURCE_LINES = {
  'business-rules': {
    title: '供电营业规则',
    number: '国家发展改革委令第14号',
    issuer: '国家发展改革委',
    kind: 'rule',
    issuedOn: '2024-02-08',
    inForceFrom: '2024-06-01',
    status: 'current',
  },
  'business-rules-1996': {
    title: '供电营业规则（1996年）',
    number: '电力工业部令第8号',
    issuer: '电力工业部',
    kind: 'rule',
    inForceTo: '2024-05-31',
    supersededBy: 'business-rules',
    status: 'current',
  },
  'gb-12325': {
    title: '电能质量 供电电压偏差',
    number: 'GB/T 12325-2008',
    issuer: '国家标准化管理委员会',
    kind: 'standard',
    status: 'verify',
  },
} satisfies Record<string, SourceLine>

/** The register every test database begins with. */
export const SOURCES: ReadonlyMap<string, SourceLine> = new Map(Object.entries(SOURCE_LINES))
