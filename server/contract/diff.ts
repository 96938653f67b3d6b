import { Type, type Static } from 'typebox'
import { REVISION_FIELDS } from './lists.ts'
import { oneOf } from './shapes.ts'

/** A piece of a field compared with what it was: runs of words that stayed, came or went. */
export const DiffPart = Type.Object({
  op: Type.Enum(['same', 'added', 'removed'] as const),
  text: Type.String(),
})
export type DiffPart = Static<typeof DiffPart>
export const FieldDiff = Type.Object({ field: oneOf(REVISION_FIELDS), parts: Type.Array(DiffPart) })
export type FieldDiff = Static<typeof FieldDiff>
