import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CheckContext, QuoteFacts } from '#server/scripts/check-context.ts'
import { readGuide } from '#server/scripts/guide.ts'
import { readLexicons } from '#server/scripts/lexicon.ts'

const STEPS = fileURLToPath(new URL('../../scripts/steps', import.meta.url))
const current = { state: 'current', pinned: 1, current: 1 } as const
/** What the quotes in the sentences stand for. */
const QUOTES: Record<string, QuoteFacts> = {
  'entry:arrival@1': {
    ...current,
    say: '抢修人员到达现场的平均时间，城区45分钟，农村90分钟，偏远地区2小时。',
  },
  'entry:appliance-claim@1': { ...current, say: '家用电器损坏，七日内向供电企业提出索赔。' },
  'entry:arrears@1': { ...current, say: '欠费停电的，交清电费后24小时内恢复供电。' },
  'entry:withdrawn@2': { state: 'gone', pinned: 2, current: null },
  'entry:renewed@2': { state: 'changed', pinned: 2, current: 3, say: '新的说法。' },
  'entry:other-company@1': { ...current, company: '南网', say: '十二小时内复电。' },
}

/** A context as a call has it: a notice that expects restoration at 21:30, and news at 20:30, in China. */
export const benchContext = (): CheckContext => ({
  lexicons: readLexicons(),
  guides: new Map(
    globSync(join(STEPS, '[1-9]-*.md')).flatMap(path => {
      const guide = readGuide(readFileSync(path, 'utf8'))
      return Array.isArray(guide) || !('fields' in guide) ? [] : [[guide.step, guide] as const]
    }),
  ),
  quote: ref => QUOTES[ref],
  company: '国网',
  now: Date.parse('2026-07-31T10:00:00Z'),
  notice: { estimate: Date.parse('2026-07-31T13:30:00Z'), nextUpdateAt: Date.parse('2026-07-31T12:30:00Z') },
  authorityLimit: 200,
  charactersAMinute: 240,
})
