import type { RevisionField } from '#server/contract/lists.ts'

/** The parts of the form in the order in which one writes, each with its fields; the first field takes the focus. */
export const SECTIONS = [
  { id: 'question', fields: ['standardQuestion'] },
  { id: 'say', fields: ['say'] },
  { id: 'body', fields: ['body'] },
  { id: 'similar', fields: ['similarQuestions'] },
  { id: 'basis', fields: ['basis'] },
  { id: 'scope', fields: ['scope'] },
  { id: 'filing', fields: ['kind', 'category', 'topic', 'ownerDepartment'] },
  { id: 'validity', fields: ['validFrom', 'validUntil', 'verifyBy'] },
  { id: 'marks', fields: ['labels', 'tags'] },
] as const satisfies readonly { id: string; fields: readonly RevisionField[] }[]
export type Section = (typeof SECTIONS)[number]

/** The id of the control of a field on the page. */
export const controlId = (field: RevisionField): string => `write-${field}`

/** Index of the section a field is in. */
export const sectionOf = (field: RevisionField): number =>
  SECTIONS.findIndex(({ fields }) => (fields as readonly RevisionField[]).includes(field))

/** Moves the focus to a field. */
export function goToField(field: RevisionField): void {
  const control = document.getElementById(controlId(field))
  control?.scrollIntoView?.({ block: 'center' })
  control?.focus({ preventScroll: true })
}

export function goToSection(index: number): void {
  const section = SECTIONS[index]
  if (section) goToField(section.fields[0])
}
