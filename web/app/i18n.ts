import { watch } from 'vue'
import { createI18n } from 'vue-i18n'
import en from './locales/en.json'
import zhCN from './locales/zh-CN.json'

export const LOCALES = { 'zh-CN': '中文', en: 'English' } as const

const KEY = 'firstline.language'
const kept = localStorage.getItem(KEY)

/** The wording of the page. Chinese unless another language was chosen before: every agent's screens are alike. */
export const i18n = createI18n({
  legacy: false,
  locale: kept === 'en' ? 'en' : 'zh-CN',
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': zhCN, en },
  // The files are flat, so that a key such as code.entry.not_found is one word to search for.
  messageResolver: (texts, key) => (texts as Record<string, string>)[key] ?? null,
})

export const locale = i18n.global.locale

watch(
  locale,
  now => {
    localStorage.setItem(KEY, now)
    document.documentElement.lang = now
  },
  { immediate: true },
)
