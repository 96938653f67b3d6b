import { ref, watch } from 'vue'

export const THEMES = ['system', 'light', 'dark', 'contrast'] as const
export type Theme = (typeof THEMES)[number]

const KEY = 'firstline.theme'

export const theme = ref<Theme>(THEMES.find(one => one === localStorage.getItem(KEY)) ?? 'system')

/** Shows the chosen theme and keeps it. “contrast” follows the system between light and dark. */
export function applyTheme(): void {
  const more = window.matchMedia('(prefers-contrast: more)')
  const show = () => {
    const page = document.documentElement.dataset
    page.theme = theme.value === 'light' || theme.value === 'dark' ? theme.value : 'system'
    page.contrast =
      theme.value === 'contrast' || (theme.value === 'system' && more.matches) ? 'more' : 'normal'
  }
  more.addEventListener('change', show)
  watch(theme, chosen => {
    localStorage.setItem(KEY, chosen)
    show()
  })
  show()
}
