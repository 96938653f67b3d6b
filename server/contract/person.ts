import { Type, type Static } from 'typebox'
import { ROLES } from './lists.ts'
import { Id, Slug, oneOf } from './shapes.ts'

export const Department = Type.Object({ slug: Slug, name: Type.String(), nameEn: Type.String() })
export type Department = Static<typeof Department>

export const DepartmentNames = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 40 }),
    nameEn: Type.String({ minLength: 1, maxLength: 60 }),
  },
  { additionalProperties: false },
)
export type DepartmentNames = Static<typeof DepartmentNames>

/** `department` is a slug; its names come from GET /api/departments. */
export const PersonView = Type.Object({
  id: Id,
  name: Type.String(),
  workNo: Type.String(),
  roles: Type.Array(oneOf(ROLES)),
  department: Slug,
})
export type PersonView = Static<typeof PersonView>

/** Who can be asked to write: `q` is part of a name, or the work number. */
export const ExpertQuery = Type.Object({
  q: Type.Optional(Type.String({ maxLength: 40 })),
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
})
export type ExpertQuery = Static<typeof ExpertQuery>
export const ExpertList = Type.Object({
  experts: Type.Array(Type.Object({ id: Id, name: Type.String(), department: Slug })),
})
export type ExpertList = Static<typeof ExpertList>

/** Either a work number 工号 with its password, or a demo persona (only while DEMO is on). */
export const SignIn = Type.Object(
  {
    workNo: Type.Optional(Type.String({ minLength: 1, maxLength: 32 })),
    password: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    persona: Type.Optional(oneOf(ROLES)),
    department: Type.Optional(Slug),
  },
  { additionalProperties: false },
)
export type SignIn = Static<typeof SignIn>

export const SessionView = Type.Object({ person: PersonView, demo: Type.Boolean() })
export type SessionView = Static<typeof SessionView>

/** What the sign-in page may know before anyone signed in. */
export const Welcome = Type.Object({
  demo: Type.Boolean(),
  personas: Type.Array(oneOf(ROLES)),
  /** Departments that have an expert and a reviewer of their own to try; none outside a demo. */
  departments: Type.Array(Department),
})
export type Welcome = Static<typeof Welcome>
