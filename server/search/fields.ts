import type { FieldSettings } from '#server/platform/engine/port.ts'

/** How the text fields of what agents search count against each other; a standard question matters most. */
export const SEARCH_FIELDS: Record<string, FieldSettings> = {
  title: { weight: 3, lengthDiscount: 0.3, initials: true },
  similar: { weight: 1.1, lengthDiscount: 0.4, initials: true },
  topic: { weight: 2, lengthDiscount: 0, initials: true },
  tags: { weight: 1.5, lengthDiscount: 0.2, initials: true },
  say: { weight: 1.2, lengthDiscount: 0.5, initials: false },
  body: { weight: 0.7, lengthDiscount: 0.75, initials: false },
  basis: { weight: 0.6, lengthDiscount: 0.5, initials: false },
}
