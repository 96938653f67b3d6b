import type { EngineDocument, EngineSettings, SearchEngine } from '#server/platform/engine/port.ts'
import { createLexicon } from '#server/platform/text/lexicon.ts'

/** Makes the engine under test. */
export type CreateEngine = (settings: EngineSettings) => SearchEngine

/** What the engine under test is made with. */
export const SETTINGS: EngineSettings = {
  fields: {
    title: { weight: 3, lengthDiscount: 0.3, initials: true },
    body: { weight: 1, lengthDiscount: 0.7, initials: false },
  },
  lexicon: createLexicon({
    synonyms: [
      ['赔偿', '补偿'],
      ['滞纳金', '违约金'],
    ],
    framing: ['客户', '反映', '要求'],
  }),
}

/** A document of the tests. */
export function build(
  id: string,
  title: string,
  rest: Partial<EngineDocument> & { body?: string } = {},
): EngineDocument {
  const { body = '', ...others } = rest
  return { id, fields: { title: [title], body: [body] }, facets: {}, areas: [], prior: 0, ...others }
}

/** A small library to search. */
export const LIBRARY = [
  build('entry:1', '停电赔偿怎么办理', {
    facets: { kind: 'answer', category: '供电可靠' },
    body: '店铺停电的损失按合同处理。',
  }),
  build('entry:2', '过户要带什么资料', {
    facets: { kind: 'process', category: '供电服务' },
    body: '带身份证和房产证。',
  }),
  build('entry:3', '低电压怎么治理', {
    facets: { kind: 'standard', category: '供电可靠' },
    body: '依据 GB/T 12325，10kV 及以下允许偏差。',
  }),
  build('entry:4', '电费违约金如何计算', {
    facets: { kind: 'rule', category: '供电服务' },
    body: '国家发展改革委令第14号第九十八条。',
  }),
  build('entry:5', '12398 能源监管热线', {
    facets: { kind: 'answer', category: '供电服务' },
    areas: ['国网'],
  }),
  build('entry:6', '计划停电提前多久通知', {
    facets: { kind: 'standard', category: '供电可靠' },
    areas: ['国网', '江苏'],
  }),
]

/** The ids of the hits for a text, the best first. */
export async function find(engine: SearchEngine, text: string, rest = {}): Promise<string[]> {
  const { hits } = await engine.search({ text, limit: 10, offset: 0, ...rest })
  return hits.map(hit => hit.id)
}
