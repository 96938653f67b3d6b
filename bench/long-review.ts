import type { Client, TestApp } from '../test/support/app.ts'
import { begin, open, revise, vote } from '../test/support/committee.ts'

export const PARAGRAPHS = 200
const SENTENCE =
  '供电企业安装的最大需量表记录的最大值视同设备容量，客户对计费有异议的，受理后五个工作日内答复，并记入工单。'

/** Paragraphs of which every third says `word`. */
const bodyOf = (word: string): string =>
  Array.from({ length: PARAGRAPHS }, (_, n) => `第${n}条 ${n % 3 === 0 ? word : ''}${SENTENCE}`).join('\n\n')

/** Opens a review of a long text in force in which every third paragraph is new; returns its id. */
export async function longReview(t: TestApp, expert: Client, voters: readonly Client[]): Promise<number> {
  const { id, revisionId } = await begin(expert, { body: bodyOf('') })
  const first = await open(expert, revisionId)
  for (const voter of voters) await vote(voter, first)
  return open(expert, await revise(t, expert, id, { body: bodyOf('经核实，') }))
}
