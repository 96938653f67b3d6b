import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
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
