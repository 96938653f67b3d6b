import type { GapBoard, GapSummary, GapView } from '#server/contract/gap.ts'
import type { FcrFigures, LoopFigures } from '#server/contract/insight.ts'
import { FCR_FIGURES } from '#server/contract/insight.ts'

export const WEEKS = [
  '2026-W40',
  '2026-W41',
  '2026-W42',
  '2026-W43',
  '2026-W44',
  '2026-W45',
  '2026-W46',
  '2026-W47',
]

/** A gap as the board lists it, asked ten times in nine calls. */
export const gap = (id: number, more: Partial<GapSummary> = {}): GapSummary => ({
  id,
  text: `充电桩报装要带哪些材料 ${id}`,
  category: '供电服务',
  department: 'market',
  count: 10,
  calls: 9,
  agents: 3,
  trend: [0, 1, 0, 2, 0, 3, 0, 4],
  cumulated: 0.5,
  isVital: true,
  beganAt: '2026-10-13T02:00:00.000Z',
  lastAt: '2026-11-21T02:00:00.000Z',
  ageDays: 40,
  question: null,
  owner: null,
  isIgnored: false,
  ...more,
})

export const boardOf = (gaps: readonly GapSummary[]): GapBoard => ({
  total: gaps.length,
  queries: gaps.reduce((sum, one) => sum + one.count, 0),
  vital: gaps.filter(one => one.isVital).length,
  weeks: WEEKS,
  categories: [{ category: '供电服务', count: 10, share: 1 }],
  departments: [{ department: 'market', count: 10, share: 1 }],
  gaps: [...gaps],
})

export const gapView = (summary: GapSummary, more: Partial<GapView> = {}): GapView => ({
  ...summary,
  wordings: [
    { text: '装充电桩要什么材料', count: 7 },
    { text: '充电桩报装带什么', count: 3 },
  ],
  days: [{ day: '2026-11-21', calls: 2 }],
  near: [{ id: 5, kind: 'answer', topic: '报装', title: '新装用电要带什么？' }],
  marks: [],
  ...more,
})

const HOUR = 3_600_000
const spread = (hours: number) => ({ count: 4, median: hours * HOUR, p90: 3 * hours * HOUR })
const times = (definition: 'routed' | 'answered' | 'published' | 'called_back', hours: number) => ({
  definition,
  all: spread(hours),
  departments: [{ department: 'market', figure: spread(hours) }],
  weeks: [
    { week: '2026-W46', figure: spread(hours) },
    { week: '2026-W47', figure: { count: 0, median: null, p90: null } },
  ],
})
const ratio = { numerator: 3, denominator: 4, value: 0.75 }

export const loopFigures: LoopFigures = {
  from: '2026-10-26',
  until: '2026-11-22',
  times: [times('routed', 0.5), times('answered', 8), times('published', 30), times('called_back', 60)],
  inTime: {
    definition: 'answered_in_time',
    all: ratio,
    departments: [{ department: 'market', figure: ratio }],
    weeks: [{ week: '2026-W46', figure: ratio }],
  },
  prevented: {
    definition: 'prevented',
    all: { count: 2 },
    departments: [],
    weeks: [{ week: '2026-W45', figure: { count: 2 } }],
  },
}

/** Each figure with other numbers, so that none can be taken for another. */
const figures = FCR_FIGURES.map((definition, index) => ({
  definition,
  numerator: index + 1,
  denominator: 10,
  value: (index + 1) / 10,
}))

export const fcrFigures = (more: Partial<FcrFigures> = {}): FcrFigures => ({
  from: '2026-10-26',
  until: '2026-11-22',
  repeatDays: 7,
  figures,
  total: 2,
  groups: [
    { key: '报装', label: '报装', figures },
    {
      key: null,
      label: null,
      figures: figures.map(one => ({ ...one, numerator: 0, denominator: 0, value: null })),
    },
  ],
  ...more,
})

/** What the screen reads beside its own. */
export const readings = (roles: readonly string[] = ['supervisor']) => ({
  'GET /api/session': () => ({ person: { id: 9, name: '何敏', roles }, demo: true }),
  'GET /api/departments': () => ({
    departments: [
      { slug: 'market', name: '市场营销', nameEn: 'Marketing' },
      { slug: 'safety', name: '安全管理', nameEn: 'Safety' },
    ],
  }),
  'GET /api/experts': () => ({ experts: [{ id: 4, name: '陈曦', department: 'market' }] }),
})
