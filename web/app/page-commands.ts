import { ref } from 'vue'
import { openNotifications } from '../notifications/commands.ts'
import { command, type Command } from '../ui/commands.ts'
import { locale } from './i18n.ts'
import { screens, screensFor, type Screen } from './screens.ts'
import { session, signOut } from './session.ts'
import { THEMES, theme } from './theme.ts'

export const sheetOpen = ref(false)
export const paletteOpen = ref(false)

/** Whether there is a way to a screen for who is signed in, and they are not there already. */
const mayGoTo = (screen: Screen): boolean =>
  screensFor(session.value?.person.roles ?? []).includes(screen) && !screen.at.test(location.pathname)

/** What can be done on every page. */
export const pageCommands: readonly Command[] = [
  command('page', 'palette', ['ctrl+k'], () => (paletteOpen.value = true), {
    inField: true,
    foot: true,
    keyboardOnly: true,
  }),
  command('page', 'sheet', ['?'], () => (sheetOpen.value = true), { foot: true }),
  openNotifications,
  ...screens.map(screen =>
    command('page', `go-${screen.id}`, [], () => location.assign(screen.path), {
      when: () => mayGoTo(screen),
    }),
  ),
  ...THEMES.map(name =>
    command('page', `theme-${name}`, [], () => (theme.value = name), { when: () => theme.value !== name }),
  ),
  command('page', 'language', [], () => (locale.value = locale.value === 'en' ? 'zh-CN' : 'en')),
  command('page', 'sign-out', [], signOut, { when: () => session.value != null }),
]
