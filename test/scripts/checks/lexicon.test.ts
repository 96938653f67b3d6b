import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readLexicons } from '#server/scripts/index.ts'
import { rulesIn } from './context.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lexicons-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const HEAD = 'group: words.selling\nname: 推销\nsource: 试\nmessage: 试\n'
const put = (name: string, text: string | Uint8Array) => writeFileSync(join(folder, name), text)
const rules = (text: string) => rulesIn(text, 2, { lexicons: readLexicons(folder) })
const faults = () => readLexicons(folder).faults.map(fault => fault.replace(/^.*\//u, ''))

describe('the lexicons', () => {
  it('that come with the service are sound', () => expect(readLexicons().faults).toEqual([]))

  it('a bad file is named and left out, the rest load', () => {
    put('a.yaml', `${HEAD}terms: [套餐]\n`)
    put('b.yaml', 'group: words.nothing\nname: 试\nterms: [一]\n')
    put('c.yaml', 'group: [\n')
    put('d.yaml', new Uint8Array([0xc4, 0xe3, 0x0a]))
    put('e.yaml', 'group: words.selling\nname: 推销\nterms: [一]\n')
    put('f.txt', 'no lexicon')
    expect(faults()).toEqual([
      expect.stringMatching(/^b\.yaml:1: group must be equal to one of/u),
      expect.stringMatching(/^c\.yaml:\d+: /u),
      'd.yaml:1: the file is not UTF-8',
      'e.yaml:1: a lexicon of words.selling says its message and its source',
    ])
    expect(rulesIn('办个套餐', 9, { lexicons: readLexicons(folder) })).toEqual(['words.selling'])
  })

  it.each([
    ['(a+)+$', 'is no pattern'],
    ['.*保证.*', 'is no pattern'],
    ['{名字}来电', 'is no pattern'],
    ['{数字}分钟', 'must begin and end with words'],
    ['最多{数字}', 'must begin and end with words'],
    ['保<证', 'not one of a pair'],
    ['保<证|>了', 'nothing in it'],
    [`<${'一|'.repeat(20)}一><${'二|'.repeat(20)}二>三`, 'stands for more than'],
  ])('a bad term is named by its line, its file does without it: %s', (term, reason) => {
    put('a.yaml', `${HEAD}terms:\n  - 套餐\n  - '${term}'\n`)
    expect(faults()).toEqual([expect.stringMatching(/^a\.yaml:7: /u)])
    expect(faults()[0]).toContain(reason)
    expect(rulesIn('办个套餐', 9, { lexicons: readLexicons(folder) })).toEqual(['words.selling'])
  })

  it('a folder without a lexicon says so', () =>
    expect(faults()).toEqual([expect.stringContaining('there is no lexicon')]))

  it('terms may hold numbers, gaps and choices', () => {
    put('a.yaml', `${HEAD}terms: ['最多{数字}分钟', '打开{间隔}<表箱|电箱>', '[快慢]讲']\n`)
    for (const text of ['最多二十五分钟', '最多 20 分钟', '打开您家的电箱', '慢讲'])
      expect(rules(text), text).toHaveLength(1)
    for (const text of ['最多几个分钟数', '打开门，看电箱', '打开您家楼下左边第一个大的电箱', '讲'])
      expect(rules(text), text).toEqual([])
  })

  it('terms may call lists of the file by name, and reach over commas but not over sentences', () => {
    put('a.yaml', `${HEAD}names:\n  监管: ['12398', 能源局]\nterms: ['别{间隔}{监管}', '撤了{隔句}才办']\n`)
    for (const text of ['别往能源局跑', '别打12398', '撤了投诉，我们才办'])
      expect(rules(text), text).toHaveLength(1)
    for (const text of ['别急，打12398', '撤了。我们才办', '别往社区跑'])
      expect(rules(text), text).toEqual([])
  })

  it('what is told of the customer, disowned, or made up for is nobody’s own word', () => {
    put('a.yaml', `${HEAD}terms: [套餐]\n`)
    for (const text of ['您说有套餐，我记下了。', '我不会跟您说有套餐。', '上次有人叫您办套餐，是不对的。'])
      expect(rules(text), text).toEqual([])
    for (const text of ['我跟您说有套餐。', '您说话，办套餐。', '上次的套餐您办了吗？'])
      expect(rules(text), text).toHaveLength(1)
  })

  it('what is denied in its clause is not said, whatever the list; an order or a rhetorical question denies nothing', () => {
    put('a.yaml', `${HEAD}terms: [套餐]\ndenied: [不是]\n`)
    for (const text of ['我们不会卖套餐。', '没有人推套餐。', '您不用办套餐。', '这不是套餐。'])
      expect(rules(text), text).toEqual([])
    for (const text of ['您能不能办套餐？', '您不会上网，办套餐吧。', '别磨蹭办套餐。', '这不是套餐吗？'])
      expect(rules(text), text).toHaveLength(1)
  })

  it('what the customer’s question is about is told by the agent', () => {
    put('a.yaml', `${HEAD}terms: [套餐]\n`)
    expect(rules('您反映的问题，我们送套餐。')).toHaveLength(1)
    expect(rules('您反映的问题我们送套餐。')).toHaveLength(1)
    expect(rules('您反映有人送套餐。')).toEqual([])
  })

  it('what makes good does not when it is taken back itself', () => {
    put('a.yaml', `${HEAD}terms: [套餐]\nunless: [收费]\n`)
    expect(rules('套餐要收费。')).toEqual([])
    expect(rules('套餐不收费。')).toHaveLength(1)
  })

  it('a wording that is a part of a longer one of another list is told of once; an error is a part of no warning', () => {
    const hollow = HEAD.replace('words.selling', 'words.hollow')
    put('a.yaml', `${HEAD}terms: [套餐]\n`)
    put('b.yaml', `${HEAD.replace('words.selling', 'words.evasive')}terms: [没套餐就算了]\n`)
    expect(rules('没套餐就算了。')).toEqual(['words.evasive'])
    put('b.yaml', `${hollow}terms: [没套餐就算了]\n`)
    expect(rules('没套餐就算了。')).toEqual(['words.hollow', 'words.selling'])
  })

  it('exceptions, denials and what makes good acquit where they should', () => {
    put('a.yaml', `${HEAD}terms: [套餐, 一定]\nexcept: [不一定]\ndenied: [没有]\nunless: [免费]\n`)
    expect(rules('不一定。')).toEqual([])
    expect(rules('没有套餐、会员。')).toEqual([])
    expect(rules('没有卡，有套餐。')).toHaveLength(1)
    expect(rules('套餐是免费的。')).toEqual([])
    expect(rules('套餐很好。免费。')).toHaveLength(1)
    put('a.yaml', `${HEAD}scope: line\nterms: [套餐]\nunless: [免费]\n`)
    expect(rules('套餐很好。免费。')).toEqual([])
  })
})
