import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { linesAt } from '../../../web/scripts/editing.ts'
import { inserting } from '../../../web/scripts/inserting.ts'
import { progress } from '../../../web/scripts/progress.ts'
import { merging, saveNow, script, session, shownStep } from '../../../web/scripts/writing.ts'
import { build, type Built } from './builder-page.ts'
import { agent, revisionOf, step, TEXT } from './sample.ts'

let it1: Built
const texts = (block = { step: 1 }) => linesAt(script.value!, block).map(line => line.text)

beforeEach(() => localStorage.clear())
afterEach(() => it1.page.unmount())

describe('writing lines', () => {
  beforeEach(async () => (it1 = await build()))

  it('begins in the first line of the first step', () => {
    expect(it1.area().value).toBe('我冰箱里有药！')
  })

  it('splits at the caret with Enter and goes on in the next line', async () => {
    it1.area().setSelectionRange(1, 1)
    await it1.press('Enter')
    expect(texts().slice(0, 2)).toEqual(['我', '冰箱里有药！'])
    expect(it1.area().value).toBe('冰箱里有药！')
    expect(it1.area().selectionStart).toBe(0)
  })

  it('leaves the keys of an input method alone', async () => {
    for (const key of ['Enter', '/', '{', 'Backspace', 'ArrowDown'])
      await it1.press(key, { isComposing: true } as KeyboardEventInit)
    expect(texts()).toEqual(TEXT.steps[0]?.lines.map(line => line.text))
    expect(inserting.value).toBeUndefined()
    expect(it1.area().value).toBe('我冰箱里有药！')
  })

  it('takes an empty line away with Backspace', async () => {
    it1.area().setSelectionRange(7, 7)
    await it1.press('Enter')
    expect(texts()).toHaveLength(3)
    await it1.press('Backspace')
    expect(texts()).toHaveLength(2)
    expect(it1.area().value).toBe('我冰箱里有药！')
  })

  it('moves a line by key and keeps the caret in it', async () => {
    it1.area().setSelectionRange(3, 3)
    await it1.run('lineDown')
    expect(texts()[1]).toBe('我冰箱里有药！')
    expect([it1.area().value, it1.area().selectionStart]).toEqual(['我冰箱里有药！', 3])
  })

  it('takes changes back over the whole script, in the step where they were', async () => {
    await it1.run('scriptSteps', { code: 'Digit2', key: '2' })
    it1.area().setSelectionRange(0, 0)
    await it1.type('好，')
    await it1.run('scriptSteps', { code: 'Digit1', key: '1' })
    await it1.run('undo')
    expect(shownStep.value).toBe(2)
    expect(texts({ step: 2 })).toEqual(['先保住药，再说来电。'])
    await it1.run('redo')
    expect(texts({ step: 2 })).toEqual(['好，先保住药，再说来电。'])
  })

  it('turns speaker and option by key', async () => {
    await it1.run('lineSpeaker')
    await it1.run('lineOptional')
    expect(linesAt(script.value!, { step: 1 })[0]).toEqual({ ...agent('我冰箱里有药！'), optional: true })
  })

  it('adds a branch and answers it by key alone', async () => {
    await it1.run('addBranch')
    await it1.type('几点来电？')
    await it1.press('Enter')
    await it1.type('还没查到。')
    expect(script.value?.steps[0]?.branches).toEqual([
      { ifSays: '几点来电？', lines: [agent('还没查到。')], to: 2 },
    ])
  })

  it('leaves an empty step empty when it is only looked at', async () => {
    await it1.run('scriptSteps', { code: 'Digit7', key: '7' })
    expect(script.value?.steps[6]?.lines).toEqual([])
    expect(progress.value[6]).toEqual({ step: 7, state: 'empty', count: 0 })
    expect(document.activeElement?.id).toBe('add-7')
  })
})

describe('inserting', () => {
  const hit = { kind: 'answer', id: 12, title: '停电时冷藏药品', say: '冰箱门少开。' }
  beforeEach(
    async () =>
      (it1 = await build(
        {},
        {
          'GET /api/search': () => ({ hits: [hit] }),
          'GET /api/notices': () => ({ notices: [] }),
          'GET /api/entries/12': () => ({ ...hit, revision: 3 }),
        },
      )),
  )

  it('of an entry pins the revision in force, in the place of the caret', async () => {
    it1.area().setSelectionRange(7, 7)
    await it1.press('/')
    expect(document.activeElement?.getAttribute('role')).toBe('combobox')
    await flushPromises()
    await new Promise(resolve => setTimeout(resolve, 20))
    await it1.press('Enter')
    await flushPromises()
    expect(texts()[0]).toBe('我冰箱里有药！[[entry:12@3]]')
    expect(it1.page.find('.heard-pane').text()).toContain('冰箱门少开。')
  })

  it('is left with Esc, and nothing is written', async () => {
    await it1.press('{')
    await it1.press('Escape')
    expect(inserting.value).toBeUndefined()
    expect(texts()[0]).toBe('我冰箱里有药！')
    expect(it1.area().value).toBe('我冰箱里有药！')
  })

  it('of a variable is by its list, and the sign typed twice is the sign', async () => {
    it1.area().setSelectionRange(0, 0)
    await it1.press('{')
    await it1.press('{')
    expect(texts()[0]).toBe('{我冰箱里有药！')
  })
})

describe('saving', () => {
  beforeEach(async () => (it1 = await build()))

  it('sends the script by its steps, and only those that say something', async () => {
    it1.area().setSelectionRange(0, 0)
    await it1.type('哎呀，')
    expect(await saveNow()).toBe(true)
    const put = it1.asked.find(one => one.method === 'PUT')
    expect(put!.body).toMatchObject({ kind: 'script', class: 'quality', title: '整栋楼停电，冰箱里有药' })
    const { steps } = put!.body as { steps: { step: number; lines: unknown[] }[] }
    expect(steps.map(one => one.step)).toEqual([1, 2])
    expect(steps[0]?.lines[0]).toEqual({ speaker: 'customer', text: '哎呀，我冰箱里有药！' })
  })

  it('loses nothing when somebody else saved: both steps are there to be chosen', async () => {
    it1.area().setSelectionRange(0, 0)
    await it1.type('哎呀，')
    it1.server.stale = true
    const theirs = { ...TEXT, steps: [step(1, [agent('她写的。')]), ...TEXT.steps.slice(1)] }
    it1.server.revision = revisionOf(theirs, { version: 2 })
    expect(await saveNow()).toBe(false)
    expect(session.savingState.value.is).toBe('conflict')
    await it1.run('merge')
    const merge = it1.page.find('.merge-page')
    expect(merge.text()).toContain('第 1 步')
    expect(merge.text()).toContain('哎呀，我冰箱里有药！')
    expect(merge.text()).toContain('她写的。')
    expect(texts()[0]).toBe('哎呀，我冰箱里有药！')
  })

  it('of a script that may not be edited is never tried', async () => {
    it1.page.unmount()
    it1 = await build({ revision: revisionOf(TEXT, { mayEdit: false, state: 'in_review', reviewId: 9 }) })
    await it1.run('addLine')
    await it1.press('Enter')
    expect(script.value?.steps[0]?.lines).toHaveLength(2)
    expect(it1.asked.some(one => one.method === 'PUT')).toBe(false)
  })

  it('of a script whose body cannot be read is never tried: it is changed as a text', async () => {
    it1.page.unmount()
    it1 = await build({ revision: { ...revisionOf(), script: null } })
    expect(it1.page.find('.builder-columns').exists()).toBe(false)
    expect(it1.page.find('[href="/entries/revisions/40"]').exists()).toBe(true)
  })

  it('forgets what can be taken back once two texts became one', async () => {
    it1.area().setSelectionRange(0, 0)
    await it1.type('哎呀，')
    merging.value = true
    await flushPromises()
    merging.value = false
    await flushPromises()
    await it1.run('undo')
    expect(texts()[0]).toBe('哎呀，我冰箱里有药！')
  })
})
