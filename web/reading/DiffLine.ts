import { h, type FunctionalComponent } from 'vue'
import type { DiffPart } from '#server/contract/diff.ts'

/** One line of a comparison: what came as ins, what went as del. A function, for there are hundreds on a page. */
export const DiffLine: FunctionalComponent<{ parts: readonly DiffPart[] }> = ({ parts }) =>
  h(
    'p',
    { class: 'diff-line' },
    parts.map(({ op, text }) => (op === 'same' ? text : h(op === 'added' ? 'ins' : 'del', text))),
  )
DiffLine.props = ['parts']
