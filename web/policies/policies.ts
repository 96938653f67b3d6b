import { computed, shallowRef } from 'vue'
import { CATEGORIES, ENTRY_KINDS, type Category, type EntryKind } from '#server/contract/lists.ts'
import type { Policy } from '#server/contract/policy.ts'
import { call, loadMe, loadMembers, me, members } from '../api/index.ts'
import { sortedBy } from '../ui/sorted.ts'

const loaded = shallowRef<readonly Policy[]>([])
/** Why the rules could not be read. */
export const failure = shallowRef<unknown>()

/** Only the chair sets rules; everyone else of the committee may read them. */
export const maySet = computed(() => me.value?.roles.includes('chair') === true)

/** The rules by kind; within one what holds for all categories comes first. */
export const policies = computed(() =>
  sortedBy(loaded.value, one => {
    const category = one.category === null ? 0 : CATEGORIES.indexOf(one.category) + 1
    return ENTRY_KINDS.indexOf(one.kind) * (CATEGORIES.length + 1) + category
  }),
)

/** The rule being edited; `isNew` for one that a category is to get of its own. */
export const edited = shallowRef<{ policy: Policy; isNew: boolean }>()

export async function loadPolicies(): Promise<void> {
  try {
    const [rules] = await Promise.all([call('GET /api/policies'), loadMembers(), loadMe()])
    loaded.value = rules.policies
    failure.value = undefined
  } catch (error) {
    failure.value = error
  }
}

/** Sets a rule; throws the refusal. */
export async function savePolicy(policy: Policy): Promise<void> {
  loaded.value = (await call('PUT /api/policies', { body: policy })).policies
}

export const edit = (policy: Policy): void => void (edited.value = { policy, isNew: false })

/** Categories of a kind that have no rule of their own yet. */
export const freeCategories = (kind: EntryKind): Category[] =>
  CATEGORIES.filter(category => !loaded.value.some(one => one.kind === kind && one.category === category))

/** Begins a rule for a category, from what holds for all of its kind: the first kind that has a category left. */
export function addPolicy(): void {
  const whole = policies.value.find(one => one.category === null && freeCategories(one.kind).length > 0)
  const category = whole && freeCategories(whole.kind)[0]
  if (category) edited.value = { policy: { ...whole, category }, isNew: true }
}

/** Departments without a seat on the committee: one that must approve could never. */
export const seatless = (slugs: readonly string[]): string[] =>
  slugs.filter(slug => !members.value.some(one => one.department === slug))
