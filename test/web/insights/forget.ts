import { closeDialog } from '../../../web/insights/decisions.ts'
import { board, category, chosen, failure, gaps, reading, showsIgnored } from '../../../web/insights/gaps.ts'
import { span } from '../../../web/insights/period.ts'
import { asTable } from '../../../web/insights/view.ts'
import { toasts } from '../../../web/ui/toasts.ts'

/** Leaves the board as a page that was just loaded has it: what one test read or chose is nothing to the next. */
export function forgetBoard(): void {
  closeDialog()
  board.value = failure.value = reading.value = undefined
  gaps.value = []
  chosen.value = -1
  showsIgnored.value = asTable.value = false
  category.value = ''
  span.value = '28'
  toasts.value = []
}
