import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { ApiProblem, ApiUnreachable } from '../../../web/api/index.ts'
import { Saving, type Stored } from '../../../web/drafts/saving.ts'
import { partsBetween, sameText } from '../../../web/drafts/texts.ts'
import { entryText, type Draft } from '../../../web/entries/texts.ts'
import { draft } from '../entries/drafts.ts'

type Weather = 'fine' | 'down' | 'fault' | 'answerLost'
type Event = { type: string } | { weather: Weather } | { pass: number } | { other: string } | { reload: true }

const words = fc.constantFrom('停电', '赔偿', '七天', '别修', '登记', '')
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: words }) },
  { weight: 3, arbitrary: fc.record({ pass: fc.integer({ min: 0, max: 9_000 }) }) },
  fc.record({ weather: fc.constantFrom<Weather>('fine', 'down', 'fault', 'answerLost') }),
  fc.record({ other: words }),
  fc.record({ reload: fc.constant(true as const) }),
)

/** One draft, a server with weather, and this computer's storage. */
function makeWorld() {
  const world = {
    now: { version: 1, text: draft() } as Stored<Draft>,
    weather: 'fine' as Weather,
    copy: undefined as Draft | undefined,
    typed: draft(),
    /** Everything that was ever on the server. */
    seen: [draft()],
  }
  const fails = () => {
    if (world.weather === 'down') throw new ApiUnreachable(new TypeError('Failed to fetch'))
    if (world.weather === 'fault') throw new ApiProblem('server.fault', 500)
  }
  const ports = {
    same: (a: Draft, b: Draft) => sameText(entryText, a, b),
    put: async (text: Draft, version: number) => {
      fails()
      if (version !== world.now.version) throw new ApiProblem('revision.stale', 412)
      world.now = { version: version + 1, text }
      world.seen.push(text)
      if (world.weather === 'answerLost') throw new ApiUnreachable(new TypeError('Failed to fetch'))
      return version + 1
    },
    get: async () => {
      fails()
      return world.now
    },
    keep: ({ text }: { text: Draft }) => {
      world.copy = text
      return true
    },
    forget: () => void (world.copy = undefined),
    signIn: async () => {},
  }
  return { world, ports }
}

describe('whatever happens', () => {
  it('the latest text is here or on the server, and no one’s text is written over unseen', async () => {
    vi.useFakeTimers()
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 25 }), async events => {
        const { world, ports } = makeWorld()
        let saving = new Saving(world.now, ports)
        const unmerged: Draft[] = []
        for (const one of events) {
          if ('type' in one)
            saving.change((world.typed = { ...world.typed, say: world.typed.say + one.type }))
          if ('pass' in one) await vi.advanceTimersByTimeAsync(one.pass)
          if ('weather' in one) world.weather = one.weather
          if ('other' in one) {
            const text = { ...world.now.text, body: `${world.now.text.body}${one.other}` }
            world.now = { version: world.now.version + 1, text }
            unmerged.push(text)
          }
          if ('reload' in one) {
            saving.stop()
            await vi.advanceTimersByTimeAsync(0)
            saving = new Saving(world.now, ports)
            if (world.copy) saving.change((world.typed = world.copy))
            else world.typed = world.now.text
            unmerged.length = 0
          }
          if (saving.state.value.is === 'conflict') {
            world.typed = { ...world.typed, body: saving.state.value.theirs.text.body }
            unmerged.length = 0
            void saving.resolve(world.typed)
          }
          const safe = [world.copy, ...world.seen, world.now.text].some(text => text?.say === world.typed.say)
          expect(safe).toBe(true)
        }
        world.weather = 'fine'
        await vi.advanceTimersByTimeAsync(31_000)
        while (saving.state.value.is === 'conflict') {
          const { theirs } = saving.state.value
          world.typed = { ...world.typed, body: theirs.text.body }
          void saving.resolve(world.typed)
          await vi.advanceTimersByTimeAsync(1)
        }
        saving.stop()
        expect(saving.state.value.is).toBe('saved')
        expect(
          partsBetween(entryText, { ...world.now.text, body: '' }, { ...world.typed, body: '' }),
        ).toEqual([])
        expect(world.copy).toBeUndefined()
      }),
      { numRuns: 150 },
    )
    vi.useRealTimers()
  })
})
