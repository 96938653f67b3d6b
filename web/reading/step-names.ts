import { shallowRef } from 'vue'
import { call } from '../api/index.ts'

const names = shallowRef<ReadonlyMap<number, string>>(new Map())

/** What the method in force calls a step; nothing while it is not known. */
export const stepName = (number: number): string => names.value.get(number) ?? ''

/** Reads what the steps are called. Without it they go by their numbers. */
export async function loadStepNames(): Promise<void> {
  const method = await call('GET /api/method', { gate: false }).catch(() => undefined)
  if (method) names.value = new Map(method.steps.map(one => [one.step, one.name]))
}
