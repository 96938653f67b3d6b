import { ref } from 'vue'
import type { Command } from '../ui/commands.ts'
import { locale } from './i18n.ts'
import { session, signOut } from './session.ts'
import { THEMES, theme } from './theme.ts'

export const sheetOpen = ref(false)
export const paletteOpen = ref(false)

const page = (
  id: string,
  keys: readonly string[],
  run: () => unknown,
  more: Partial<Command> = {},
): Command => ({
  group: 'page',
  id,
  keys,
  run,
  label: `command.${id}`,
  when: () => true,
  ...more,
})

/** What can be done on every page. */
export const pageCommands: readonly Command[] = [
  page('palette', ['ctrl+k'], () => (paletteOpen.value = true), {
    inField: true,
    foot: true,
    keyboardOnly: true,
  }),
  page('sheet', ['?'], () => (sheetOpen.value = true), { foot: true }),
  ...THEMES.map(name =>
    page(`theme-${name}`, [], () => (theme.value = name), { when: () => theme.value !== name }),
  ),
  page('language', [], () => (locale.value = locale.value === 'en' ? 'zh-CN' : 'en')),
  page('sign-out', [], signOut, { when: () => session.value != null }),
]
