import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, nextTick, ref, type Ref } from 'vue'
import { onceHandsRest } from '../../web/app/typing-pause.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const press = () => document.dispatchEvent(new KeyboardEvent('keydown', { key: '电' }))

function follow(wanted: Ref<boolean>) {
  let granted: Readonly<Ref<boolean>> | undefined
  const page = mount(
    defineComponent(() => {
      granted = onceHandsRest(wanted)
      return () => null
    }),
  )
  return { granted: () => granted?.value, page }
}

it('follows at once when nobody is typing', async () => {
  const wanted = ref(false)
  const { granted, page } = follow(wanted)
  wanted.value = true
  await nextTick()
  expect(granted()).toBe(true)
  wanted.value = false
  await nextTick()
  expect(granted()).toBe(false)
  page.unmount()
})

it('waits while keys are pressed, so that no word is torn', async () => {
  const wanted = ref(false)
  const { granted, page } = follow(wanted)
  press()
  wanted.value = true
  await nextTick()
  vi.advanceTimersByTime(500)
  press()
  vi.advanceTimersByTime(500)
  expect(granted()).toBe(false)
  vi.advanceTimersByTime(500)
  expect(granted()).toBe(true)
  page.unmount()
})

describe('while an input method composes', () => {
  let box: HTMLInputElement
  const compose = (name: string) => box.dispatchEvent(new CompositionEvent(name, { bubbles: true }))
  beforeEach(() => {
    box = document.createElement('input')
    document.body.append(box)
  })
  afterEach(() => box.remove())

  it('waits for the word to be chosen, however long that takes, and for what follows it', async () => {
    const wanted = ref(false)
    const { granted, page } = follow(wanted)
    compose('compositionstart')
    wanted.value = true
    await nextTick()
    vi.advanceTimersByTime(60_000)
    expect(granted()).toBe(false)
    compose('compositionend')
    vi.advanceTimersByTime(500)
    expect(granted()).toBe(false)
    vi.advanceTimersByTime(1_100)
    expect(granted()).toBe(true)
    page.unmount()
  })

  it('does not wait for a box that is gone with its word', async () => {
    const wanted = ref(false)
    const { granted, page } = follow(wanted)
    compose('compositionstart')
    wanted.value = true
    await nextTick()
    box.remove()
    vi.advanceTimersByTime(2_000)
    expect(granted()).toBe(true)
    page.unmount()
  })
})

it('does not follow what is no longer wanted', async () => {
  const wanted = ref(false)
  const { granted, page } = follow(wanted)
  press()
  wanted.value = true
  await nextTick()
  wanted.value = false
  await nextTick()
  vi.advanceTimersByTime(5_000)
  expect(granted()).toBe(false)
  page.unmount()
})
