import { computed, ref, shallowRef, watch } from 'vue'
import type { DiffPart } from '#server/contract/diff.ts'
import { call } from '../api/index.ts'
import { command, type Command } from '../ui/commands.ts'
import { differences, firstChoices, merged, type Difference, type Side } from './merge.ts'
import type { DraftSession } from './session.ts'

/** Two texts that have to become one. */
export interface Parting<T> {
  /** Who stands for “theirs”: another person, or the server as against this computer. */
  between: 'people' | 'copies'
  base: T
  mine: T
  theirs: T
}

interface PartDiff<P extends string> {
  field: P
  parts: DiffPart[]
}

/** How two texts of a session become one: part by part, by a person. Its members may be taken apart. */
export class Merging<T, P extends string> {
  /** Whether the page of the merge is shown. */
  readonly merging = ref(false)
  readonly choices = shallowRef<ReadonlyMap<P, Side>>(new Map())
  /** The differences word by word; a part is absent until the server compared it. */
  readonly diffs = shallowRef<readonly PartDiff<P>[]>([])
  readonly #session: DraftSession<T, P>

  readonly parting = computed(() => partingOf(this.#session))
  readonly found = computed<readonly Difference<P>[]>(() => {
    const now = this.parting.value
    return now ? differences(this.#session.kind, now.base, now.mine, now.theirs) : []
  })
  /** The text that was chosen; undefined while a choice is missing. */
  readonly result = computed(() => {
    const now = this.parting.value
    return now && merged(this.#session.kind, now.mine, now.theirs, this.found.value, this.choices.value)
  })

  constructor(session: DraftSession<T, P>) {
    this.#session = session
  }

  readonly pick = (field: P, side: Side): void =>
    void (this.choices.value = new Map(this.choices.value).set(field, side))

  readonly pickAll = (side: Side): void =>
    void (this.choices.value = new Map(this.found.value.map(({ field }) => [field, side])))

  /** Opens the merge with what one side alone changed already chosen. */
  readonly begin = async (): Promise<void> => {
    this.choices.value = firstChoices(this.found.value)
    this.merging.value = true
    await this.#compare()
  }

  /** Takes the choices over, once each part has one. */
  readonly end = async (): Promise<void> => {
    const [now, chosen, copy] = [this.parting.value, this.result.value, this.#session.left.value]
    if (!now || chosen === undefined) return
    this.merging.value = false
    if (now.between === 'people') await this.#session.resolve(chosen)
    else if (copy) this.#session.takeUp(chosen, copy)
  }

  /** What is chosen from after a reload is shown at once; the merge of two people waits until the writer turns to it. */
  readonly follow = (): (() => void) =>
    watch(this.#session.left, now => now && void this.begin(), { immediate: true })

  async #compare(): Promise<void> {
    const now = this.parting.value
    if (!now) return
    const { worded } = this.#session.kind
    this.diffs.value = []
    for (const { field } of this.found.value) {
      const parts = await compared(worded(now.theirs, field), worded(now.mine, field))
      if (this.parting.value === now) this.diffs.value = [...this.diffs.value, { field, parts }]
    }
  }
}

function partingOf<T, P extends string>({
  text,
  conflict,
  left,
}: DraftSession<T, P>): Parting<T> | undefined {
  const mine = text.value
  if (mine === undefined) return undefined
  if (conflict.value) {
    const { base, theirs } = conflict.value
    return { between: 'people', base, mine, theirs: theirs.text }
  }
  return left.value && { between: 'copies', base: left.value.base, mine: left.value.text, theirs: mine }
}

async function compared(before: string, after: string): Promise<DiffPart[]> {
  const whole: DiffPart[] = [
    { op: 'removed', text: before },
    { op: 'added', text: after },
  ]
  const reply = await call('POST /api/comparisons', { body: { before, after } }).catch(() => undefined)
  return reply?.parts ?? whole
}

/** What can be done while two texts become one. */
export const mergeCommandsOf = <T, P extends string>({
  result,
  merging,
  end,
}: Merging<T, P>): readonly Command[] => [
  command('entry', 'endMerge', ['ctrl+enter'], end, {
    inField: true,
    foot: true,
    when: () => result.value !== undefined,
  }),
  command('entry', 'laterMerge', ['escape'], () => (merging.value = false), { inField: true, foot: true }),
]

/** What can be done about a draft whatever its kind: saving at once, and turning to a merge that waits. */
export const draftCommandsOf = <T, P extends string>(
  { saveNow, mayEdit, text }: DraftSession<T, P>,
  { merging, parting, begin }: Merging<T, P>,
): readonly Command[] => [
  command('entry', 'saveNow', ['ctrl+s'], saveNow, {
    inField: true,
    foot: true,
    when: () => mayEdit.value && text.value !== undefined && !merging.value,
  }),
  command('entry', 'merge', ['ctrl+m'], begin, {
    inField: true,
    foot: true,
    when: () => parting.value !== undefined && !merging.value,
  }),
]
