import type { Method, StepGuide } from '#server/contract/script-views.ts'
import type { ScriptLine, ScriptStep, ScriptText } from '#server/contract/script.ts'
import type { RevisionView } from '#server/contract/writing.ts'
import { scriptText, type Script } from '../../../web/scripts/texts.ts'

export const agent = (text: string): ScriptLine => ({ speaker: 'agent', text })
export const customer = (text: string): ScriptLine => ({ speaker: 'customer', text })

export const step = (number: number, lines: ScriptLine[], more: Partial<ScriptStep> = {}): ScriptStep => ({
  step: number,
  fields: [],
  lines,
  branches: [],
  ...more,
})

/** A script of the first two steps, as an expert of the hotline would begin it. */
export const TEXT: ScriptText = {
  class: 'quality',
  scenario: '整栋楼没电，家里有要冷藏的药。',
  channel: '电话',
  profile: { mood: '激动' },
  reasons: [],
  steps: [
    step(1, [customer('我冰箱里有药！'), agent('听得出您很着急。我先看停电记录。')]),
    step(2, [agent('先保住药，再说来电。')]),
  ],
}

export const revisionOf = (script: ScriptText = TEXT, more: Partial<RevisionView> = {}): RevisionView => ({
  id: 40,
  entryId: 4,
  number: 1,
  version: 1,
  state: 'draft',
  kind: 'script',
  category: '供电可靠',
  topic: '故障停电',
  ownerDepartment: 'service',
  standardQuestion: '整栋楼停电，冰箱里有药',
  similarQuestions: ['停电药要坏了'],
  say: script.scenario,
  body: '',
  bodyHtml: '',
  basis: [],
  scope: {},
  script,
  authors: [{ id: 1, name: '陈曦', department: 'service', hasWritten: true }],
  updatedAt: '2026-09-01T00:00:00.000Z',
  reviewId: null,
  mayEdit: true,
  ...more,
})

export const script = (given: Partial<ScriptText> = {}): Script =>
  scriptText.textOf(revisionOf({ ...TEXT, ...given }))

const guide = (number: number, name: string, more: Partial<StepGuide> = {}): StepGuide => ({
  step: number,
  name,
  stages: ['accept'],
  purpose: '把人先接住。',
  guidanceHtml: '<p>先问清楚。</p>',
  fields: [],
  good: ['我先看停电记录。'],
  bad: ['马上来电。'],
  checks: [],
  entryId: 100 + number,
  revision: 2,
  ...more,
})

const field = { required: true, hint: '', columns: [], atLeast: null, atMost: null }
export const METHOD: Method = {
  steps: [
    guide(1, '模糊式分析', { fields: [{ ...field, name: '已知事实', kind: 'list' }] }),
    guide(2, '分层式排序', {
      fields: [{ ...field, name: '诉求', kind: 'rows', columns: ['原话', '优先'], required: false }],
    }),
    guide(5, '降低期望值', { stages: ['clarify'] }),
  ],
  channels: ['电话'],
  personalities: ['支配型'],
  motives: ['补救'],
  moods: ['激动'],
  charactersAMinute: 240,
}

const QUOTE = { ref: 'entry:12@1', kind: 'entry', id: 12, title: '停电时冷藏药品', say: '冰箱门少开。' }

/** A script in force that quotes an entry which has changed since. */
export const VIEW = {
  ...TEXT,
  id: 7,
  revisionId: 70,
  revision: 2,
  title: '冰箱里有药',
  category: '供电可靠',
  topic: '故障停电',
  similarQuestions: [],
  scope: {},
  labels: ['引用已更新'],
  owner: 'service',
  publishedAt: '2026-09-01T00:00:00.000Z',
  validUntil: null,
  verifyBy: null,
  approvedBy: [{ department: 'safety', name: '赵岚', at: '2026-09-01T00:00:00.000Z' }],
  quotes: [{ ...QUOTE, pinned: 1, current: 2, state: 'changed' }],
  steps: [{ ...TEXT.steps[0]!, lines: [{ speaker: 'agent', text: '[[entry:12@1]]' }] }],
  readSeconds: [{ step: 1, seconds: 12 }],
}
