import { computed, shallowRef } from 'vue'
import type { Category } from '#server/contract/lists.ts'
import type { NewRoute, QuestionPolicy, Routing } from '#server/contract/routing.ts'
import { call, me } from '../api/index.ts'

export const routings = shallowRef<readonly Routing[]>([])
export const policy = shallowRef<QuestionPolicy>()
/** Why they could not be read; what was read before stays. */
export const failure = shallowRef<unknown>()
/** The line of the matrix being edited. */
export const edited = shallowRef<Routing>()
export const isPolicyEdited = shallowRef(false)

/** Whom the server lets set the matrix, and what is promised; everyone else reads. */
export const maySetRouting = computed(
  () => me.value?.roles.some(role => role === 'supervisor' || role === 'chair') === true,
)
export const maySetPolicy = computed(() => me.value?.roles.includes('supervisor') === true)

export async function loadRouting(): Promise<void> {
  try {
    const [matrix, promised] = await Promise.all([call('GET /api/routing'), call('GET /api/question-policy')])
    routings.value = matrix.routings
    policy.value = promised
    failure.value = undefined
  } catch (error) {
    failure.value = error
  }
}

/** Sets a line of the matrix; throws the refusal. */
export async function saveRoute(category: Category, body: NewRoute): Promise<void> {
  routings.value = (await call('PUT /api/routing/:category', { params: { category }, body })).routings
}

/** Sets what is promised; throws the refusal. */
export async function savePolicy(body: QuestionPolicy): Promise<void> {
  policy.value = await call('PUT /api/question-policy', { body })
}
