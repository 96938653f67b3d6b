import type { EngineFault, EngineState } from '#server/contract/engine.ts'
import type { Lexicon } from '#server/platform/text/lexicon.ts'

/** One document as an engine indexes it. Text is plain; nothing of it comes back from a search but the id. */
export interface EngineDocument {
  /** Unique across everything indexed, such as `entry:12`. */
  id: string
  /** Values of each text field; a name the engine was not configured with is ignored. */
  fields: Record<string, readonly string[]>
  /** One value for each facet, such as `{ kind: 'answer' }`. */
  facets: Record<string, string>
  /** Conditions that must all hold for a reader; none means everywhere. */
  areas: readonly string[]
  /** How much it deserves to come first among equals, 0 to 1. */
  prior: number
}

/** How one text field counts. */
export interface FieldSettings {
  /** Relative worth of a word found here; 1 is plain text. */
  weight: number
  /** How strongly a long text is discounted: 0 not at all, 1 in full proportion. */
  lengthDiscount: number
  /** Whether the first letters of its pinyin can be searched: for short texts only, they take room. */
  initials: boolean
}

/** What an engine must know before it can index. */
export interface EngineSettings {
  /** The text fields, by name. */
  fields: Record<string, FieldSettings>
  /** Synonyms and framing words; shared with whoever ranks and highlights the hits. */
  lexicon: Lexicon
}

/** One search. */
export interface EngineQuery {
  /** What was typed, as it was typed. White space only lists everything by prior. */
  text: string
  /** Accepted values by facet; facets are combined by and, the values of one by or. */
  facets?: Record<string, readonly string[]>
  /** What holds for the reader; a document fits when all of its areas are among these. Absent: no filter. */
  areas?: readonly string[]
  /** Most hits to return, 1 to 1000. */
  limit: number
  /** Hits to leave out at the beginning. */
  offset: number
}

/** A document found. */
export interface EngineHit {
  id: string
  /** Higher is better; comparable only within one result. */
  score: number
}

/** The answer to one search. */
export interface EngineResult {
  hits: EngineHit[]
  /** Documents that belong to the answer: those within reach of the best one, not all that share a word with it. */
  total: number
  /** Documents of the answer by facet and value; a facet's own filter is left out of its counts. */
  facets: Record<string, Record<string, number>>
  /** The name of who answered, where it is not the engine asked but one that stands in for it. */
  answeredBy?: string
  /** Whether that is because the engine asked could not. */
  degraded?: boolean
}

/** How an engine fares that depends on something outside the process. */
export interface EngineHealth {
  degraded: boolean
  state: EngineState
  /** For how long (ms) it has served, or has not. */
  lasting: number
  /** Why it does not serve. */
  fault?: EngineFault
  /** What the one outside calls that. */
  code?: string
  /** Changes that are not there yet. */
  waiting: number
  /** Documents that it would not take. */
  setAside: number
  /** Hits that were no longer true, dropped and mended since the start. */
  stale: number
}

/** A set of changes. An id in both lists ends up present. */
export interface EngineChanges {
  put: readonly EngineDocument[]
  remove: readonly string[]
}

/** A full-text engine. Every implementation passes test/platform/engine/contract.ts. */
export interface SearchEngine {
  /** Short name for health and answers, such as `embedded`. */
  readonly name: string
  /** Documents that a search can find now. */
  readonly size: number
  /** How it fares; absent where nothing can go wrong. */
  readonly health?: EngineHealth
  /** Takes note of hits that the truth does not know any more. */
  disown?(ids: readonly string[]): void
  /** Finds documents; never throws for any text. */
  search(query: EngineQuery): Promise<EngineResult>
  /** Puts and removes documents; once it resolves, the next search sees all of it. Calls take effect in order. */
  apply(changes: EngineChanges): Promise<void>
  /**
   * Replaces everything by the documents given, off the main thread. Until it resolves searches are answered from
   * what was there; changes applied meanwhile are seen at once and survive the replacement.
   */
  rebuild(documents: Iterable<EngineDocument> | AsyncIterable<EngineDocument>): Promise<void>
  /** Ends all work; what is under way is rejected. */
  close(): Promise<void>
}
