import { eq } from 'drizzle-orm'
import type { Method, StepGuide } from '#server/contract/script-views.ts'
import type { Reader } from '#server/platform/db/db.ts'
import { renderMarkdown } from '#server/platform/markdown/render.ts'
import { publishedRevisions, resolveEntry, revision, type PublishedRevision } from '#server/entries/index.ts'
import { requireAnyRole, type Actor } from '#server/people/index.ts'
import { readGuide, type GuideText, type ProfileGuideText, type StepGuideText } from './guide.ts'

/** A guide in force, with the entry that it is. */
export type GuideInForce<T extends GuideText = GuideText> = { guide: T; entry: PublishedRevision }

/** Guides in force by the number of their step; of two for one step the older entry's holds, a guide that cannot be read is left out. */
export function guidesInForce(db: Reader, now: number): Map<number, GuideInForce> {
  const found = new Map<number, GuideInForce>()
  const rows = db
    .selectDistinct({ id: revision.entryId })
    .from(revision)
    .where(eq(revision.kind, 'step'))
    .all()
  const entries = publishedRevisions(
    db,
    now,
    rows.map(row => row.id),
  ).filter(one => one.kind === 'step')
  for (const entry of entries.toSorted((a, b) => b.entryId - a.entryId)) {
    const guide = guideOf(entry.body)
    if (!Array.isArray(guide)) found.set(guide.step, { guide, entry })
  }
  return found
}

/** Guides already read, by their text: a revision never changes, and every check asks for all ten. */
const known = new Map<string, ReturnType<typeof readGuide>>()
/** Enough for the guides in force of a few services in one process. */
const KEPT = 64

/** A guide as its revision says it, read once; the one that was read first is forgotten first. */
function guideOf(body: string): ReturnType<typeof readGuide> {
  const guide = known.get(body) ?? readGuide(body)
  known.set(body, guide)
  const [oldest] = known.keys()
  if (known.size > KEPT && oldest !== undefined) known.delete(oldest)
  return guide
}

/** What holds where no profile is in force. */
const PLAIN = {
  channels: ['电话'],
  personalities: [],
  motives: [],
  moods: [],
  charactersAMinute: 240, // calm speech on the telephone
  authorityLimit: 0,
}

/** The words that are offered, and what is measured by. */
export function profileOf(
  guides: ReadonlyMap<number, GuideInForce>,
): Omit<ProfileGuideText, 'step' | 'name' | 'purpose' | 'text' | 'good' | 'bad'> {
  const guide = guides.get(0)?.guide
  return guide && isProfile(guide) ? guide : PLAIN
}

const isProfile = (guide: GuideText): guide is ProfileGuideText => guide.step === 0

/** Guides of the nine steps, in their order. */
export const stepGuides = (guides: ReadonlyMap<number, GuideInForce>): GuideInForce<StepGuideText>[] =>
  [...guides.values()]
    .filter((one): one is GuideInForce<StepGuideText> => !isProfile(one.guide))
    .toSorted((a, b) => a.guide.step - b.guide.step)

/** The method 九步 as it is in force, for authors. */
export function methodInForce(db: Reader, now: number, actor: Actor): Method {
  requireAnyRole(actor)
  const guides = guidesInForce(db, now)
  const { channels, personalities, motives, moods, charactersAMinute } = profileOf(guides)
  return {
    steps: stepGuides(guides).map(one => guideView(db, now, one)),
    channels,
    personalities,
    motives,
    moods,
    charactersAMinute,
  }
}

const guideView = (db: Reader, now: number, { guide, entry }: GuideInForce<StepGuideText>): StepGuide => {
  const { step, name, stages, purpose, text, fields, good, bad, checks } = guide
  const guidanceHtml = renderMarkdown(text, ref => resolveEntry(db, now, ref))
  return {
    step,
    name,
    stages,
    purpose,
    guidanceHtml,
    fields,
    good,
    bad,
    checks,
    entryId: entry.entryId,
    revision: entry.number,
  }
}
