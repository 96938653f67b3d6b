import { shallowRef } from 'vue'
import type { Department } from '#server/contract/person.ts'
import { call } from '../api/index.ts'

export const departments = shallowRef<readonly Department[]>([])

export async function loadDepartments(): Promise<void> {
  departments.value = (await call('GET /api/departments')).departments
}

/** A department's name in the language of the page; its slug while the names are not known. */
export function departmentName(slug: string, locale: string): string {
  const found = departments.value.find(one => one.slug === slug)
  if (!found) return slug
  return locale.startsWith('zh') ? found.name : found.nameEn
}
