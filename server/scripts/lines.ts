import type { ScriptLine, ScriptStep } from '#server/contract/script.ts'

/** Every line of a script, or of as much of one as is given: those of its steps, and those of their branches. */
export const linesOf = ({ steps }: { steps: readonly Partial<ScriptStep>[] }): ScriptLine[] =>
  steps.flatMap(({ lines = [], branches = [] }) => [...lines, ...branches.flatMap(branch => branch.lines)])
