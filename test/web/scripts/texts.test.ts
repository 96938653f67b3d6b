import { describe, expect, it } from 'vitest'
import { differences, firstChoices, merged } from '../../../web/drafts/merge.ts'
import { sameText } from '../../../web/drafts/texts.ts'
import { withStep, withText } from '../../../web/scripts/editing.ts'
import { partOfPath, placeOfPath } from '../../../web/scripts/faults.ts'
import { savedScript, scriptText } from '../../../web/scripts/texts.ts'
import { agent, revisionOf, script, step } from './sample.ts'

describe('a script as it is written', () => {
  it('always has nine steps, and stores only those that say something', () => {
    expect(script().steps.map(one => one.step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(savedScript(script())).toMatchObject({ kind: 'script', title: '整栋楼停电，冰箱里有药' })
    expect(savedScript(script()).steps.map(one => one.step)).toEqual([1, 2])
  })

  it('whose body cannot be read begins empty, with what the revision says of it', () => {
    const text = scriptText.textOf({ ...revisionOf(), script: null })
    expect(text.scenario).toBe('整栋楼没电，家里有要冷藏的药。')
    expect(savedScript(text).steps).toEqual([])
  })

  it('is the same as the server gives back, which trims lines and leaves empty fields out', () => {
    const typed = withText(script(), { step: 2, line: 0 }, ' 先保住药，再说来电。 ')
    const opened = withStep(typed, 3, now => ({ ...now, fields: [{ name: '递进问题', value: [] }] }))
    expect(sameText(scriptText, opened, script())).toBe(true)
    expect(sameText(scriptText, withText(script(), { step: 2, line: 0 }, '先来电。'), script())).toBe(false)
  })

  it('is known again when this computer kept it, and nothing else is', () => {
    const kept: unknown = JSON.parse(JSON.stringify(script()))
    expect(scriptText.isText(kept)).toBe(true)
    for (const odd of [null, {}, { ...script(), steps: [] }, { ...script(), title: 1 }])
      expect(scriptText.isText(odd)).toBe(false)
  })
})

describe('two texts of a script', () => {
  const mine = withText(
    withText(script(), { step: 1, line: 0 }, '药要坏了！'),
    { step: 2, line: 0 },
    '我的。',
  )
  const theirs = { ...withText(script(), { step: 2, line: 0 }, '她的。'), topic: '停电' }
  const found = differences(scriptText, script(), mine, theirs)

  it('part step by step, and it is known who changed which', () => {
    expect(found).toEqual([
      { field: 'topic', changedBy: 'theirs' },
      { field: 'step1', changedBy: 'mine' },
      { field: 'step2', changedBy: 'both' },
    ])
  })

  it('become one by the choice of a person for each step that both changed', () => {
    const choices = firstChoices(found)
    expect(merged(scriptText, mine, theirs, found, choices)).toBeUndefined()
    const one = merged(scriptText, mine, theirs, found, choices.set('step2', 'theirs'))
    expect(one?.steps[0]?.lines[0]?.text).toBe('药要坏了！')
    expect(one?.steps[1]?.lines).toEqual([agent('她的。')])
    expect(one?.topic).toBe('停电')
  })

  it('are compared in words, a line each', () => {
    const branch = { ifSays: '几点来电？', lines: [agent('还没查到。')], to: 'end' as const }
    const now = script({ steps: [step(1, [agent('您好。')], { branches: [branch], next: 3 })] })
    expect(scriptText.worded(now, 'step1').split('\n')).toEqual([
      '坐席：您好。',
      '若客户说：几点来电？ → 结束通话',
      '  坐席：还没查到。',
      '→ 第 3 步',
    ])
  })
})

describe('a refusal', () => {
  it('names the part that it is about', () => {
    const paths = ['standardQuestion', 'body.say', 'similarQuestions.0', 'steps.5', 'query.q']
    expect(paths.map(partOfPath)).toEqual(['title', 'scenario', 'similarQuestions', undefined, undefined])
  })

  it('leads to the place in a step, which a submission names by its number and a save by where it was sent', () => {
    const now = script({ steps: [step(2, [agent('好。')]), step(5, [agent('好。')])] })
    expect(placeOfPath('steps.5.branches.0.lines.1', now)).toEqual({ step: 5, branch: 0, line: 1 })
    expect(placeOfPath('steps.5.fields.可承诺的', now)).toEqual({ step: 5, field: '可承诺的' })
    expect(placeOfPath('steps.3', now)).toEqual({ step: 3 })
    expect(placeOfPath('body.steps.1.lines.2.text', now)).toEqual({ step: 5, line: 2 })
    expect(placeOfPath('body.steps.4.lines', now)).toBeUndefined()
    expect(placeOfPath('title', now)).toBeUndefined()
  })
})
