import { computed } from 'vue'
import { MIN_SIMILAR } from '#server/contract/writing.ts'
import type { Script } from './texts.ts'
import { script } from './writing.ts'

/** What the committee takes no script without; it is all that the service refuses of what stands above the steps. */
const REQUIRED = ['title', 'topic', 'scenario'] as const
type NeededPart = (typeof REQUIRED)[number]

const missingIn = (now: Script): NeededPart[] => REQUIRED.filter(part => now[part].trim() === '')

/** What is missing above the steps: without it the script is not taken. */
export const missingHead = computed<readonly NeededPart[]>(() =>
  script.value ? missingIn(script.value) : [],
)

/** Whether agents have too few wordings to find the script by; it is taken all the same. */
export const hasFewSimilar = computed(
  () => script.value !== undefined && script.value.similarQuestions.length < MIN_SIMILAR,
)
