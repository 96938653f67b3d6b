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
  return found ? nameIn(found, locale) : slug
}

/** How a department is called in the language of the page. */
export const nameIn = ({ name, nameEn }: Department, locale: string): string =>
  locale.startsWith('zh') ? name : nameEn
