/**
 * Words that callers do not know, each with what to say instead (domain.md §2.2). Data: the committee may go on writing
 * this list.
 */
export const JARGON: readonly (readonly [word: string, plain: string])[] = [
  ['产权分界点', '您家和供电公司各管一段的分界处'],
  ['台区', '给您这一片供电的变压器'],
  ['馈线', '供电线路'],
  ['公变', '公用变压器'],
  ['专变', '用户自己的变压器'],
  ['重合闸', '线路自动恢复送电'],
  ['单相接地', '一根电线碰了地'],
  ['容需量', '按容量或用电最高值收的基本电费'],
  ['合表', '几户合用一块电表'],
  ['错避峰', '错开用电高峰'],
  ['反窃查', '查处窃电'],
  ['ERT', '预计来电时间'],
  ['SLA', '承诺的办理时限'],
  ['工单', '我给您登记的单子'],
]

/** Promises nobody on the telephone can keep, and how the same characters are harmless. */
export const PROMISES: readonly (readonly [promise: RegExp, harmless: RegExp | null])[] = [
  [/保证/gu, /保证[金书人]|(?:不能|无法|不敢|不|没法|难以)(?:向您|给您)?保证|供电保证|质量保证期/gu],
  [/一定/gu, /不一定|一定[要得别不请先的]|一定[比金数范条程时期]|有一定|在一定/gu],
  [/绝对/gu, /绝对(?:不要|不能|不可|别|禁止|值|误差)/gu],
  [/百分之百|100\s*%/gu, null],
  [/马上就?(?:会)?来电/gu, null],
  [/最多\s*[\p{N}一二三四五六七八九十两半]+\s*(?:分钟|小时|天)/gu, null],
  [/肯定(?:会)?赔|包赔|全赔/gu, null],
  [/永远不(?:会)?再?停/gu, null],
]

/** So many characters are said in one breath; a longer stretch without a pause is hard to say and to follow. */
export const ONE_BREATH = 32
