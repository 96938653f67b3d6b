import { isUtf8 } from 'node:buffer'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Type, type Static } from 'typebox'
import { SEVERITIES, SPEAKERS, type Severity, type Speaker } from '#server/contract/script-lists.ts'
import { LEXICON_RULES, RULES, type LexiconRule } from '#server/contract/script-rules.ts'
import { oneOf } from '#server/contract/shapes.ts'
import { parseYaml, type Fault } from '#server/platform/yaml/parse.ts'
import { guilty, withoutParts, type Found } from './hits.ts'
import { createMatcher } from './matcher.ts'
import type { Speech } from './speech.ts'
import { patternsOf, type Pattern } from './term.ts'

/** The folder of the lexicons that come with the service. */
export const LEXICONS = fileURLToPath(new URL('../../scripts/lexicons', import.meta.url))

/** What a step may need to hold, told by words: a list of them is no rule by itself. */
export const MARKS = [
  'mark.empathy',
  'mark.danger',
  'mark.safety',
  'mark.action',
  'mark.question',
  'mark.limit',
  'mark.alternative',
  'mark.tell',
  'mark.registered',
  'mark.return',
  'mark.damage',
  'mark.claim-period',
  'mark.who',
  'mark.thanks',
  'mark.closing-question',
  'mark.law',
  'mark.short-message',
  'mark.number-check',
] as const
export type Mark = (typeof MARKS)[number]

const WHOLE = ['sentence', 'line'] as const
const wordsOf = (maxLength: number) => Type.String({ minLength: 1, maxLength })
const terms = (most: number) => Type.Array(wordsOf(200), { maxItems: most })
const LexiconFile = Type.Object(
  {
    group: oneOf([...LEXICON_RULES, ...MARKS]),
    name: wordsOf(20),
    severity: Type.Optional(oneOf(SEVERITIES)),
    speaker: Type.Optional(oneOf(SPEAKERS)),
    source: Type.Optional(wordsOf(120)),
    message: Type.Optional(wordsOf(200)),
    instead: Type.Optional(wordsOf(200)),
    names: Type.Optional(Type.Record(wordsOf(8), Type.Array(wordsOf(40), { minItems: 1, maxItems: 200 }))),
    terms: Type.Array(wordsOf(200), { minItems: 1, maxItems: 700 }),
    except: Type.Optional(terms(500)),
    denied: Type.Optional(terms(200)),
    scope: Type.Optional(oneOf(WHOLE)),
    unless: Type.Optional(terms(200)),
  },
  { additionalProperties: false },
)

/** One list of words, as its file has it, with what the file leaves out. */
export interface Lexicon {
  group: LexiconRule | Mark
  name: string
  severity: Severity
  speaker: Speaker
  source: string
  message: string
  instead?: string
  scope: (typeof WHOLE)[number]
}

export interface Hit {
  lexicon: Lexicon
  start: number
  end: number
}

/** All lexicons that could be read, and what is wrong with the others as `path:line: reason`. */
export interface Lexicons {
  lists: readonly Lexicon[]
  faults: readonly string[]
  /** What of any list stands in an utterance, in order, without what its exceptions acquit. */
  find: (speech: Speech) => Hit[]
}

/** Reads the lexicons of a folder. A bad file, or a bad term of a file, is named and left out; the rest is there. */
export function readLexicons(folder: string = LEXICONS): Lexicons {
  const files = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.yaml')) : []
  const faults: string[] = []
  const read = files.toSorted().flatMap(name => {
    const path = join(folder, name)
    const { list, faults: own } = parseLexicon(readFileSync(path))
    const at = relative(process.cwd(), path)
    faults.push(...own.map(({ line, reason }) => `${at}:${line}: ${reason}`))
    return list ?? []
  })
  if (files.length === 0) faults.push(`${relative(process.cwd(), folder)}:0: there is no lexicon`)
  return compile(read, faults)
}

const ROLES = ['terms', 'except', 'denied', 'unless'] as const
export type Role = (typeof ROLES)[number]

interface ReadList {
  lexicon: Lexicon
  patterns: { role: Role; pattern: Pattern }[]
}

/** Reads one lexicon file. There is no list when the file is bad; when some of its terms are, the others are there. */
export function parseLexicon(bytes: Uint8Array): { list?: ReadList; faults: Fault[] } {
  if (!isUtf8(bytes)) return { faults: [{ line: 1, reason: 'the file is not UTF-8' }] }
  const parsed = parseYaml(new TextDecoder().decode(bytes), LexiconFile)
  if ('faults' in parsed) return parsed
  const { value, lineOf } = parsed
  if (!value.group.startsWith('mark.') && (value.message === undefined || value.source === undefined))
    return {
      faults: [
        { line: lineOf('group'), reason: `a lexicon of ${value.group} says its message and its source` },
      ],
    }
  const faults: Fault[] = []
  const patterns = ROLES.flatMap(role =>
    (value[role] ?? []).flatMap((term, index) => {
      const found = patternsOf(term, value.names)
      if (typeof found !== 'string') return found.map(pattern => ({ role, pattern }))
      faults.push({ line: lineOf(`${role}/${index}`), reason: found })
      return []
    }),
  )
  return { list: { lexicon: lexiconOf(value), patterns }, faults }
}

function lexiconOf({
  group,
  name,
  severity,
  speaker = 'agent',
  source = '',
  message = '',
  instead,
  scope = 'sentence',
}: Static<typeof LexiconFile>): Lexicon {
  const usual = group in RULES ? RULES[group as LexiconRule] : 'warning'
  return {
    group,
    name,
    severity: severity ?? usual,
    speaker,
    source,
    message,
    scope,
    ...(instead && { instead }),
  }
}

/** One matcher for all lists, so that an utterance is read once. */
export function compile(read: readonly ReadList[], faults: readonly string[]): Lexicons {
  const all = read.flatMap(({ lexicon, patterns }) => patterns.map(one => ({ ...one, lexicon })))
  const match = createMatcher(all.map(one => one.pattern))
  const find = (speech: Speech): Hit[] => {
    const byList = Map.groupBy(match(speech.text), one => all[one.pattern]!.lexicon)
    const hits = [...byList].flatMap(([lexicon, matches]) => {
      // most lists have exceptions in an utterance and nothing to except
      if (!matches.some(one => all[one.pattern]!.role === 'terms')) return []
      const byRole = Map.groupBy(matches, one => all[one.pattern]!.role)
      const of = (role: Role): Found[] =>
        (byRole.get(role) ?? []).map(one => ({ ...one, pattern: all[one.pattern]!.pattern }))
      return guilty(speech, lexicon, of)
    })
    return withoutParts(hits).toSorted((a, b) => a.start - b.start || b.end - a.end)
  }
  return { lists: read.map(one => one.lexicon), faults, find }
}
