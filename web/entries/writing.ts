import { computed, type WritableComputedRef } from 'vue'
import type { RevisionField } from '#server/contract/lists.ts'
import { Merging } from '../drafts/merging.ts'
import { lastRoundOf } from '../drafts/returned.ts'
import { DraftSession } from '../drafts/session.ts'
import { forgetFaults, noteFaults } from './faults.ts'
import { entryText, type Draft } from './texts.ts'

/** The entry that is written on this screen. */
export const session = new DraftSession(entryText, noteFaults)
export const { revision, text, failure, mayEdit, changeAll, saveNow } = session
/** How two texts of it become one. */
export const merge = new Merging(session)
export const { merging } = merge
/** What the committee said of it. */
export const lastRound = lastRoundOf(revision)

export function change<F extends RevisionField>(field: F, value: Draft[F]): void {
  if (!text.value || !mayEdit.value) return
  forgetFaults(field)
  changeAll({ ...text.value, [field]: value })
}

/** A field of the text for v-model. */
export const fieldModel = <F extends RevisionField>(field: F): WritableComputedRef<Draft[F]> =>
  computed({ get: () => text.value![field], set: value => change(field, value) })
