import { computed, shallowRef, watch } from 'vue'
import { call, latest } from '../api/index.ts'
import { textOf, type ReadText } from '../reading/text.ts'
import { basisOf } from '../reading/sources.ts'
import { revision, text } from './writing.ts'

const PAUSE = 300

/** The body as the server renders it; the last one stays while there is no newer. */
const bodyHtml = shallowRef('')
/** Why the preview is not of the latest text. */
export const previewFailure = shallowRef<unknown>()

/** The draft as an agent will read it. */
export const previewed = computed<ReadText | undefined>(() => {
  if (!revision.value || !text.value) return undefined
  const { basis, ...written } = text.value
  return textOf({ ...revision.value, ...written, basis: basisOf(basis), bodyHtml: bodyHtml.value })
})

const newest = latest((signal: AbortSignal, body: string) =>
  call('POST /api/previews', { body: { body }, signal }),
)

/** Renders the body anew when the writing pauses. Returns what stops it. */
export function followBody(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const undo = [
    watch(revision, now => (bodyHtml.value = now?.bodyHtml ?? ''), { immediate: true }),
    watch(
      () => text.value?.body,
      body => {
        clearTimeout(timer)
        if (body !== undefined && body !== revision.value?.body)
          timer = setTimeout(() => void render(body), PAUSE)
      },
    ),
    () => clearTimeout(timer),
    newest.drop,
  ]
  return () => undo.forEach(stop => stop())
}

async function render(body: string): Promise<void> {
  try {
    const found = await newest.run(body)
    if (found) bodyHtml.value = found.bodyHtml
    previewFailure.value = undefined
  } catch (error) {
    previewFailure.value = error
  }
}
