import { shallowRef } from 'vue'
import type { ScriptView } from '#server/contract/script-views.ts'
import { call, latest } from '../api/index.ts'
import { noteQuotes } from '../reading/quotes.ts'

/** The script in force that is read, and why it cannot be. */
export const view = shallowRef<ScriptView>()
export const refusal = shallowRef<unknown>()

const newest = latest((signal: AbortSignal, id: number) =>
  call('GET /api/scripts/:id', { params: { id }, signal }),
)

/** Reads a script in force. What is shown stays until the other is there. */
export async function readScript(id: number): Promise<void> {
  if (view.value?.id !== id) view.value = undefined
  refusal.value = undefined
  try {
    const found = await newest.run(id)
    if (!found) return
    noteQuotes(found.quotes)
    view.value = found
  } catch (error) {
    refusal.value = error
  }
}

export type FileFormat = 'markdown' | 'docx'
/** Where a script is had as a file. */
export const fileAddress = (id: number, format: FileFormat): string =>
  `/api/scripts/${id}/file?format=${format}`
