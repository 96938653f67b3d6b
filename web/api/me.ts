import { shallowRef } from 'vue'
import type { PersonView } from '#server/contract/person.ts'
import { call } from './client.ts'

/** Who looks at the page; undefined until it was asked. */
export const me = shallowRef<PersonView>()

/** Asks who looks at the page. */
export async function loadMe(): Promise<void> {
  me.value = (await call('GET /api/session')).person
}
