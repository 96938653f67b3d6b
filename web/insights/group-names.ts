import type { FcrFigures, FcrGroup } from '#server/contract/insight.ts'
import { departmentName } from '../reading/departments.ts'
import type { Translate } from './gap-charts.ts'

/** What a group of contacts is called; those that cannot be attributed are named as such. */
export function groupNameOf(
  by: FcrGroup,
  { key, label }: Pick<FcrFigures['groups'][number], 'key' | 'label'>,
  t: Translate,
  locale: string,
): string {
  if (key === null) return t('insights.fcr.without')
  if (by === 'category') return t(`category.${key}`)
  if (by === 'department') return departmentName(key, locale)
  const isTitled = by === 'entry' || by === 'script'
  return label ?? (isTitled ? t('insights.fcr.entry', { id: key }) : key)
}
