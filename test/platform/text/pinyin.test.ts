import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readInitials, readPinyin } from '#server/platform/text/pinyin.ts'
import { findRuns } from '#server/platform/text/runs.ts'
import { readSounds, soundsLike } from '#server/platform/text/sounds.ts'
import { readingsOf, syllableId, syllableRange } from '#server/platform/text/syllables.ts'

const letters = (word: string) => readPinyin(word).map(pieces => pieces.map(piece => piece.letters).join(' '))

describe('readPinyin', () => {
  test.each([
    ['guohu', ['guo hu']],
    ['tingdian', ['ting dian']],
    ['jiaofei', ['jiao fei']],
    ['xian', ['xian']],
    ['tingd', ['ting d']],
    ['tingdi', ['ting di']],
    ['chongdzh', ['chong d zh']],
  ])('%s is read as %j', (word, readings) => {
    expect(letters(word)).toEqual(readings)
  })

  test('gives both readings where two are equally plain', () => {
    expect(letters('fangan').toSorted()).toEqual(['fan gan', 'fang an'])
  })

  test.each(['', '12398', 'guó', '过户', 'v', 'x'.repeat(41)])('%j is not pinyin', word => {
    expect(readPinyin(word)).toEqual([])
  })

  test('takes any letters, and the pieces joined give them back', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,40}$/u), word => {
        for (const pieces of readPinyin(word)) expect(pieces.map(piece => piece.letters).join('')).toBe(word)
        expect(readPinyin(word).length).toBeLessThanOrEqual(3)
      }),
    )
  })
})

describe('readInitials', () => {
  test('numbers the letters of what may be initials', () => {
    expect(readInitials('tdbc')).toEqual([20, 4, 2, 3])
  })

  test.each(['t', 'tdi', 'u', 'v2', '停电'])('%j is no initials', word => {
    expect(readInitials(word)).toBeUndefined()
  })
})

describe('syllables', () => {
  test.each([
    ['zhuang', 'zuan'],
    ['lin', 'ning'],
    ['shi', 'si'],
    ['lv', 'lu'],
  ])('%s and %s are confused', (one, other) => {
    expect(syllableId(one)).toBe(syllableId(other))
  })

  test('a prefix is the range of what begins with it', () => {
    const [first, last] = syllableRange('dia') ?? [0, 0]
    for (const syllable of ['dian', 'diao']) {
      expect(syllableId(syllable)).toBeGreaterThanOrEqual(first)
      expect(syllableId(syllable)).toBeLessThanOrEqual(last)
    }
    expect(syllableId('ding')).toBeGreaterThan(last)
    expect(syllableRange('xyz')).toBeUndefined()
  })

  test('a character has all its usual readings, other signs none', () => {
    expect(readingsOf('率'.charCodeAt(0)).map(reading => reading.syllable)).toEqual(['lv', 'shuai'])
    expect(readingsOf('a'.charCodeAt(0))).toEqual([])
    expect(readingsOf(0xd800)).toEqual([])
  })
})

const sounds = (text: string) => readSounds(text, findRuns(text)).flat(2)

const has = (text: string, word: string) =>
  sounds(text).some(pair => pair.second && soundsLike(pair, word.charCodeAt(0), word.charCodeAt(1)))

describe('readSounds', () => {
  test.each([
    ['tingdian', '停电'],
    ['zhuangong dian', '供电'],
    ['gong dian', '供电'],
    ['12398 tousu', '投诉'],
    ['tingdi', '停电'],
    ['td', '停电'],
    ['停dian', '停电'],
    ['zongdian', '重点'],
  ])('%j asks for %s: %#', (typed, word) => {
    expect(has(typed, word)).toBe(typed !== 'td')
  })

  test('a comma ends the chain', () => {
    expect(has('gong,dian', '供电')).toBe(false)
  })
})
