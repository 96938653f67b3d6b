import { Type, type Static, type TEnum, type TSchema } from 'typebox'

/** Shapes used by more than one feature. Every string and list is bounded here, so that no request is unbounded. */

export const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
/** An instant, ISO 8601 UTC in JSON. */
export const Instant = Type.String({ format: 'date-time', maxLength: 40 })
/** A calendar day, YYYY-MM-DD. */
export const Day = Type.String({ format: 'date', maxLength: 10 })
export const Slug = Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' })
export const ShortText = Type.String({ minLength: 1, maxLength: 120 })
/** A half-open range [start, end) in UTF-16 units of the text it belongs to. */
export const Range = Type.Tuple([Type.Integer({ minimum: 0 }), Type.Integer({ minimum: 0 })])
export type Range = Static<typeof Range>

type Mutable<T extends readonly string[]> = { -readonly [K in keyof T]: T[K] }
export const oneOf = <const T extends readonly string[]>(list: T): TEnum<Mutable<T>> =>
  Type.Enum([...list]) as unknown as TEnum<Mutable<T>>
export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const IdParams = Type.Object({ id: Id })
export const Page = {
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
  offset: Type.Integer({ minimum: 0, maximum: 10_000, default: 0 }),
}

/** RFC 9457 problem details with the stable code and the field paths that failed. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  fields: Type.Optional(Type.Array(Type.Object({ path: Type.String(), message: Type.String() }))),
})
export type Problem = Static<typeof Problem>

export const Nothing = Type.Null()
