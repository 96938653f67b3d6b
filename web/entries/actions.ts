import type { Category, EntryKind } from '#server/contract/lists.ts'
import { call, complain, me } from '../api/index.ts'
import { say } from '../ui/toasts.ts'
import { dayFrom } from '../ui/days.ts'
import { chosenMine, chosenVerification, loadList, mine } from './lists.ts'
import { go, historyAddress, scriptAddress, writingAddress } from './place.ts'

const FIRST_KIND: EntryKind = 'answer'
const FIRST_CATEGORY: Category = '供电服务'

/** Begins an entry and opens it; an empty one that was begun before is taken up again. */
export async function beginEntry(): Promise<void> {
  await complain(async () => {
    const empty = mine.value.find(one => one.state === 'draft' && one.title === '')
    if (empty) return go(writingAddress(empty.id))
    const ownerDepartment = me.value?.department ?? ''
    const blank = {
      topic: '',
      standardQuestion: '',
      similarQuestions: [],
      say: '',
      body: '',
      basis: [],
      scope: {},
    }
    const body = { kind: FIRST_KIND, category: FIRST_CATEGORY, ownerDepartment, ...blank }
    go(writingAddress((await call('POST /api/entries', { body })).revisionId))
  })
}

/** Begins a revision of an entry in force; one's own that is still open is taken up again. */
export async function beginRevision(entryId: number): Promise<void> {
  await complain(async () => {
    await loadList('mine')
    const open = mine.value.find(one => one.entryId === entryId && isOpen(one.state))
    if (open) return go(writingAddress(open.id))
    const { revisionId } = await call('POST /api/entries/:id/revisions', { params: { id: entryId } })
    go(writingAddress(revisionId))
  })
}

const isOpen = (state: string): boolean => ['draft', 'returned', 'in_review'].includes(state)

/** Opens the chosen one of one's own: to write on, or its history once it is past writing. */
export function openMine(): void {
  const row = chosenMine.row.value
  if (row?.kind === 'script' && isOpen(row.state)) return location.assign(scriptAddress(row.id))
  if (row) go(isOpen(row.state) ? writingAddress(row.id) : historyAddress(row.entryId))
}

/** Takes the chosen one of one's own back from the committee. Throws the refusal. */
export async function withdraw(reason: string): Promise<void> {
  const id = chosenMine.row.value?.reviewId
  if (typeof id !== 'number') return
  await call('POST /api/reviews/:id/withdrawal', { params: { id }, body: reason === '' ? {} : { reason } })
  say('withdraw.done', { tone: 'good' })
  await loadList('mine')
}

/** Notes that the chosen entry was looked at and is still right. */
export async function verify(): Promise<void> {
  const item = chosenVerification.row.value
  if (!item) return
  await complain(async () => {
    const { verifyBy } = await call('POST /api/entries/:id/verifications', { params: { id: item.entry.id } })
    say('toast.verified', { tone: 'good', values: { title: item.entry.title, day: dayFrom(verifyBy) } })
    await loadList('verifications')
  })
}
