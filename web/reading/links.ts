const ENTRY_LINK = /^\/desk\?entry=(\d+)$/u

/** The address of a page elsewhere that a pressed link leads to; undefined for anything else. */
export function linkedPage(target: EventTarget | null): string | undefined {
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href]') : null
  return link && /^https?:/u.test(link.protocol) && link.origin !== location.origin ? link.href : undefined
}

/** The id of the entry that a pressed link leads to, as texts of entries are rendered; undefined for anything else. */
export function linkedEntry(target: EventTarget | null): number | undefined {
  const link = target instanceof Element ? target.closest('a[href]') : null
  const id = ENTRY_LINK.exec(link?.getAttribute('href') ?? '')?.[1]
  return id === undefined ? undefined : Number(id)
}
