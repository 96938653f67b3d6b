import type { ScriptDraft, ScriptLine, ScriptStep, ScriptText } from '#server/contract/script.ts'
import type { DraftText } from '#server/contract/writing.ts'
import type { Actor } from '#server/people/index.ts'
import { writeBody } from './write-body.ts'

/** Where a script is filed that its author has filed nowhere. */
const TOPIC = '处理流程'

/** A script as the revision that holds it: its Markdown is the body, what it is for is what a search shows of it. */
export function revisionOfScript(actor: Pick<Actor, 'department'>, draft: ScriptDraft): DraftText {
  const { title, category, topic = TOPIC, ownerDepartment = actor.department, similarQuestions = [] } = draft
  const { basis = [], scope = {}, tags, validFrom, validUntil, verifyBy, scenario = '' } = draft
  return {
    kind: 'script',
    category,
    topic,
    ownerDepartment,
    standardQuestion: oneLine(title),
    similarQuestions: similarQuestions.map(oneLine),
    say: oneLine(scenario),
    body: writeBody(textOfDraft(draft)),
    basis,
    scope,
    tags,
    validFrom,
    validUntil,
    verifyBy,
  }
}

/** The script of a draft: what is left out is empty, steps stand in their order, and every utterance on one line. */
export function textOfDraft({
  class: kind,
  scenario = '',
  channel = '',
  profile = {},
  reasons = [],
  steps = [],
}: Given): ScriptText {
  const order = steps.toSorted((a, b) => a.step - b.step)
  return {
    class: kind,
    scenario: oneLine(scenario),
    channel: oneLine(channel),
    profile,
    reasons,
    steps: order.map(stepOf),
  }
}

type Given = Pick<ScriptDraft, 'class' | 'scenario' | 'channel' | 'profile' | 'reasons' | 'steps'>

const stepOf = ({
  step,
  fields = [],
  lines = [],
  branches = [],
  next,
}: NonNullable<Given['steps']>[number]): ScriptStep => ({
  step,
  fields: fields.map(({ name, value }) => ({ name: oneLine(name), value: tidy(value) })),
  lines: lines.map(lineOf),
  branches: branches.map(branch => ({
    ...branch,
    ifSays: oneLine(branch.ifSays),
    lines: branch.lines.map(lineOf),
  })),
  ...(next !== undefined && { next }),
})

const lineOf = ({ speaker, text, optional }: ScriptLine): ScriptLine => ({
  speaker,
  text: oneLine(text),
  ...(optional && { optional }),
})

function tidy(value: ScriptStep['fields'][number]['value']): ScriptStep['fields'][number]['value'] {
  if (typeof value === 'string')
    return value.replace(/\r\n?/gu, '\n').split('\n').map(oneLine).join('\n').trim()
  return value.map(item =>
    typeof item === 'string'
      ? oneLine(item)
      : Object.fromEntries(Object.entries(item).map(([key, cell]) => [oneLine(key), oneLine(cell)])),
  ) as string[] | Record<string, string>[]
}

const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim()
