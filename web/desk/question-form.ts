import { reactive } from 'vue'
import type { Category } from '#server/contract/lists.ts'
import { MAX_QUESTION } from '#server/contract/question.ts'
import type { Urgency } from '#server/contract/question-lists.ts'

/** What is chosen for a question beside its words. '' leaves it to the guess. */
interface Chosen {
  category: Category | ''
  urgency: Urgency | ''
  /** The open question it joins. */
  joined: number | undefined
  wantsCallback: boolean
  name: string
  phone: string
  /** The caller agreed that name and number are kept for the call back (个人信息保护法 第13条). */
  consent: boolean
}

const blank = (): Chosen => ({
  category: '',
  urgency: '',
  joined: undefined,
  wantsCallback: false,
  name: '',
  phone: '',
  consent: false,
})

/** In this page's memory alone: a customer's number is not written anywhere before it is saved. */
export const form = reactive(blank())
export const clearForm = (): void => void Object.assign(form, blank())

/** What is wrong with the form, each at its field: keys of the locale files. */
export type Faults = Partial<Record<'words' | 'phone' | 'consent' | 'whole', string>>

export function faultsOf(words: string, chosen: Chosen): Faults {
  const digits = chosen.phone.normalize('NFKC').replace(/\D/gu, '').length
  return {
    ...(words.trim() === '' && { words: 'question.fault.blank' }),
    ...(words.trim().length > MAX_QUESTION && { words: 'question.fault.long' }),
    ...(chosen.wantsCallback && (digits < 7 || digits > 15) && { phone: 'code.callback.impossible_number' }),
    ...(chosen.wantsCallback && !chosen.consent && { consent: 'question.fault.consent' }),
  }
}
