import { ref } from 'vue'

/** The colours and the font a chart is drawn with: those of the page around it. */
export interface Ink {
  text: string
  quiet: string
  paper: string
  line: string
  main: string
  second: string
  faint: string
  font: string
}

/** Reads them off an element that wears them (`.chart-ink`): the tokens themselves do not say which of two they mean. */
export function inkOf(probe: Element): Ink {
  const worn = getComputedStyle(probe)
  return {
    text: worn.color,
    paper: worn.backgroundColor,
    quiet: worn.borderTopColor,
    line: worn.borderBottomColor,
    main: worn.outlineColor,
    second: worn.borderLeftColor,
    faint: worn.borderRightColor,
    font: worn.fontFamily,
  }
}

/** Counts the times the page changed its colours: watch it to draw anew. */
export const repaints = ref(0)
const repaint = () => void (repaints.value += 1)
const QUERIES = ['(prefers-color-scheme: dark)', '(forced-colors: active)', '(prefers-contrast: more)']

/** Notices when the page changes its colours. Returns what stops it. */
export function watchInk(): () => void {
  const queries = QUERIES.map(one => window.matchMedia(one))
  for (const one of queries) one.addEventListener('change', repaint)
  const observer = new MutationObserver(repaint)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-contrast'] })
  return () => {
    observer.disconnect()
    for (const one of queries) one.removeEventListener('change', repaint)
  }
}
