import type { ScriptDraft } from '#server/contract/script.ts'
import type { NewRevision } from '#server/entries/index.ts'
import { revisionOfScript } from '#server/scripts/index.ts'
import type { TestApp } from './app.ts'

/** A script of three steps: step 1 leads by its branches to step 5 and to the end, step 5 back to step 1. */
export const SCRIPT = {
  title: '整栋楼停电，冰箱里有药，客户很着急',
  category: '供电可靠',
  topic: '停电投诉',
  ownerDepartment: 'service',
  class: 'quality',
  scenario: '故障停电时客户家里有要冷藏的药，情绪激动',
  channel: '电话',
  profile: { mood: '愤怒' },
  similarQuestions: [
    '停电了我的胰岛素怎么办',
    '冰箱里的药要坏了',
    '都黑了一个多小时了',
    '什么时候来电我有药',
    '停电药坏了谁负责',
    '整栋楼没电',
  ],
  steps: [
    {
      step: 1,
      fields: [{ name: '已知事实', value: ['全楼没电'] }],
      lines: [
        { speaker: 'customer', text: '都黑了一个多小时了，我冰箱里有药！' },
        { speaker: 'agent', text: '听得出您很着急，我马上查。' },
      ],
      branches: [
        { ifSays: '那到底几点？', lines: [{ speaker: 'agent', text: '我先看抢修的最新进度。' }], to: 5 },
        { ifSays: '算了，不用了', lines: [], to: 'end' },
      ],
    },
    {
      step: 5,
      lines: [{ speaker: 'agent', text: '抢修人员已经到现场。' }],
      branches: [{ ifSays: '你说什么？', lines: [], to: 1 }],
    },
    { step: 9, lines: [{ speaker: 'agent', text: '谢谢您的来电。' }] },
  ],
} satisfies ScriptDraft

/** What the revision of a script holds, as builders take it. */
export function scriptText(draft: Partial<ScriptDraft> = {}): NewRevision {
  const {
    kind,
    tags = [],
    labels = [],
    ...text
  } = revisionOfScript({ department: 'service' }, { ...SCRIPT, ...draft })
  const none = { validFrom: null, validUntil: null, verifyBy: null }
  return { ...text, kind, tags, labels, ...none }
}

/** A script in force; returns its id. */
export const publishScript = (t: TestApp, draft: Partial<ScriptDraft> = {}, key?: string): number =>
  t.build.entry(scriptText(draft), key)

/** A script of one step whose agent says `text`. */
export const saying = (text: string): Partial<ScriptDraft> => ({
  steps: [{ step: 1, lines: [{ speaker: 'agent', text }] }],
})
