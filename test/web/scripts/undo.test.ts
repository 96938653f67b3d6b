import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Undo } from '../../../web/scripts/undo.ts'

describe('taking back', () => {
  it('takes typing in one place back as one, and the step it was in is known', () => {
    const undo = new Undo<string>()
    undo.note({ text: '', step: 3 }, 'line 1', 0)
    undo.note({ text: '停', step: 3 }, 'line 1', 100)
    undo.note({ text: '停电', step: 3 }, 'line 2', 200)
    expect(undo.back('停电了')).toEqual({ text: '停电', step: 3 })
    expect(undo.back('停电')).toEqual({ text: '', step: 3 })
    expect(undo.back('')).toBeUndefined()
  })

  it('keeps what was typed after a pause apart', () => {
    const undo = new Undo<string>()
    undo.note({ text: '', step: 1 }, 'line 1', 0)
    undo.note({ text: '停电', step: 1 }, 'line 1', 5_000)
    expect(undo.back('停电了')?.text).toBe('停电')
  })

  it('forgets what was taken back once something else is written', () => {
    const undo = new Undo<string>()
    undo.note({ text: '', step: 1 }, 'line 1', 0)
    undo.back('停电')
    undo.note({ text: '', step: 1 }, 'line 1', 10)
    expect(undo.forth('来电')).toBeUndefined()
    expect(undo.back('来电')?.text).toBe('')
  })

  it('comes back to every text it left, whatever was written', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 40 }), written => {
        const undo = new Undo<string>()
        const texts = ['', ...written.map((one, index) => `${index} ${one}`)]
        texts.slice(0, -1).forEach((text, index) => undo.note({ text, step: 1 }, `place ${index}`, 0))
        let now = texts.at(-1)!
        const seen = [now]
        for (let found = undo.back(now); found; found = undo.back(now)) seen.unshift((now = found.text))
        expect(seen).toEqual(texts)
        for (const text of texts.slice(1)) expect((now = undo.forth(now)!.text)).toBe(text)
      }),
    )
  })
})
