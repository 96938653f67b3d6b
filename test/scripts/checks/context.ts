import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Finding } from '#server/contract/script-views.ts'
import {
  checkScript,
  readGuide,
  readLexicons,
  type CheckContext,
  type CheckedScript,
} from '#server/scripts/index.ts'

const STEPS = fileURLToPath(new URL('../../../scripts/steps', import.meta.url))
const lexicons = readLexicons()
const guides = new Map(
  globSync(join(STEPS, '[1-9]-*.md')).flatMap(path => {
    const guide = readGuide(readFileSync(path, 'utf8'))
    return 'fields' in guide ? [[guide.step, guide] as const] : []
  }),
)
const current = { state: 'current', pinned: 1, current: 1 } as const

/** What the checks go by in these tests: the lexicons and guides that come with the service, and a few quotes. */
export const contextWith = (more: Partial<CheckContext> = {}): CheckContext => ({
  lexicons,
  guides,
  quote: ref =>
    ({
      'entry:arrival@1': { ...current, say: '城区平均45分钟，农村90分钟。' },
      'entry:claim@1': { ...current, say: '家电损坏，七日内提出索赔。' },
      'entry:wire@1': { ...current, say: '请离开八米以外，不要碰。' },
      'entry:gone@1': { state: 'gone', pinned: 1, current: null } as const,
      'entry:changed@1': { state: 'changed', pinned: 1, current: 2 } as const,
      'entry:south@1': { ...current, company: '南网' } as const,
      'notice:active': { state: 'current', pinned: null, current: null } as const,
    })[ref],
  company: '国网',
  authorityLimit: 200,
  charactersAMinute: 240,
  ...more,
})

/** The lines of an agent as a step. */
export const agentStep = (step: number, ...texts: string[]): CheckedScript['steps'][number] => ({
  step,
  lines: texts.map(text => ({ speaker: 'agent', text })),
})

export const check = (steps: CheckedScript['steps'], more: Partial<CheckContext> = {}): Finding[] =>
  checkScript({ steps }, contextWith(more))

/** The rules of what is found in one line of the agent. */
export const rulesIn = (text: string, step = 5, more: Partial<CheckContext> = {}): string[] =>
  check([agentStep(step, text)], more)
    .filter(one => one.line === 0)
    .map(one => one.rule)

export const rulesOf = (findings: readonly Finding[]): string[] => findings.map(one => one.rule)
