import { describe, expect, it } from 'vitest'
import { planOf, randomOf } from '../../../web/practice/plan.ts'
import { STEPS } from '../desk/following-page.ts'

const kinds = (seed: number) => planOf(STEPS, seed).turns.map(one => one.kind)
/** The first seed whose run begins with a customer who says what branch `index` of the first step is for; -1 for none of them. */
const seedFor = (index: number): number => {
  for (let seed = 1; seed < 200; seed += 1) {
    const fork = planOf(STEPS, seed).turns.find(one => one.step === 1 && one.kind === 'fork')
    if ((fork?.kind === 'fork' ? fork.right : -1) === index) return seed
  }
  throw new Error('no such seed')
}

describe('a run through a script', () => {
  it('is the same for the same seed', () => {
    expect(planOf(STEPS, 42)).toEqual(planOf(STEPS, 42))
    const [first, second] = [randomOf(7), randomOf(7)]
    expect([first(), first()]).toEqual([second(), second()])
  })

  it('goes from the customer to the agent, whose words in a row belong together', () => {
    const plan = planOf(STEPS, seedFor(-1))
    expect(plan.turns.slice(0, 2)).toMatchObject([
      { kind: 'customer', text: '都黑了一个多钟头了！' },
      { kind: 'agent', lines: [{ text: '听得出您很着急。' }, { text: '您先别急。' }] },
    ])
    expect(plan.path.map(one => one.step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  it('takes a branch: asks for the way, answers, and goes where it leads', () => {
    const { turns, path } = planOf(STEPS, seedFor(0))
    const fork = turns.find(one => one.kind === 'fork')
    expect(fork).toMatchObject({ text: '那到底几点来电？', right: 0 })
    expect(fork?.kind === 'fork' && fork.ways).toEqual([
      { words: '我不能随口给您一个钟点。', to: 5 },
      { words: '', to: 'end' },
      { words: '', to: 3 },
      { words: '', to: 2 },
    ])
    expect(turns[turns.indexOf(fork!) + 1]).toMatchObject({ kind: 'agent', step: 1 })
    expect(path.slice(0, 2)).toEqual([{ step: 1 }, { step: 5, branch: 0 }])
  })

  it('ends where a branch leads to the end of the call', () => {
    const { turns, path } = planOf(STEPS, seedFor(1))
    expect([turns.at(-1)?.kind, path]).toEqual(['fork', [{ step: 1 }]])
  })

  it('comes to an end also where a script leads back to itself', () => {
    const [first, second] = STEPS
    const round = [first!, { ...second!, next: 1 }]
    expect(planOf(round, 3).path.length).toBeLessThanOrEqual(60)
  })

  it('is another for other seeds', () => {
    const runs = new Set([1, 2, 3, 4, 5, 6, 7, 8].map(seed => kinds(seed).join(' ')))
    expect(runs.size).toBeGreaterThan(1)
  })
})
