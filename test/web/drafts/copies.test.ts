import { beforeEach, describe, expect, it, vi } from 'vitest'
import { copyShelf } from '../../../web/drafts/copies.ts'
import { entryText } from '../../../web/entries/texts.ts'
import { draft } from '../entries/drafts.ts'

const copy = (say: string, at = 1) => ({ version: 2, base: draft(), text: draft({ say }), at })

const shelf = (person: number, revision: number, load: string) => copyShelf(entryText, person, revision, load)

const refuse = () => {
  throw new DOMException('full', 'QuotaExceededError')
}

beforeEach(() => localStorage.clear())

describe('the copies on this computer', () => {
  it('are found after a reload or a crash, the newest first', () => {
    shelf(7, 30, 'before').keep(copy('崩溃前', 5))
    shelf(7, 30, 'other-tab').keep(copy('另一页', 9))
    const left = shelf(7, 30, 'after').left(draft())
    expect(left.map(one => one.text.say)).toEqual(['另一页', '崩溃前'])
  })

  it('of two tabs never write over each other', () => {
    shelf(7, 30, 'a').keep(copy('甲'))
    shelf(7, 30, 'b').keep(copy('乙'))
    shelf(7, 30, 'b').forget()
    expect(
      shelf(7, 30, 'c')
        .left(draft())
        .map(one => one.text.say),
    ).toEqual(['甲'])
  })

  it('belong to one person and one draft', () => {
    shelf(7, 30, 'a').keep(copy('甲'))
    expect(shelf(8, 30, 'b').left(draft())).toEqual([])
    expect(shelf(7, 3, 'b').left(draft())).toEqual([])
  })

  it('that the server has are not offered', () => {
    shelf(7, 30, 'a').keep(copy('甲'))
    expect(shelf(7, 30, 'b').left(draft({ say: '甲' }))).toEqual([])
    expect(localStorage).toHaveLength(0)
  })

  it('are forgotten only up to the moment that was shown', () => {
    shelf(7, 30, 'a').keep(copy('看过的', 5))
    shelf(7, 30, 'b').keep(copy('后来的', 6))
    shelf(7, 30, 'c').forgetLeft(5)
    expect(
      shelf(7, 30, 'c')
        .left(draft())
        .map(one => one.text.say),
    ).toEqual(['后来的'])
  })

  it('that cannot be understood are not offered and not destroyed', () => {
    for (const [load, kept] of Object.entries({ a: '{', b: 'null', c: '{"version":1,"at":1,"text":{}}' }))
      localStorage.setItem(`firstline.draft.7.30.${load}`, kept)
    const own = shelf(7, 30, 'z')
    expect(own.left(draft())).toEqual([])
    own.forgetLeft(99)
    expect(localStorage).toHaveLength(3)
  })

  it('say when the storage takes no more', () => {
    vi.stubGlobal('localStorage', { setItem: refuse })
    expect(shelf(7, 30, 'a').keep(copy('甲'))).toBe(false)
    vi.unstubAllGlobals()
  })
})
