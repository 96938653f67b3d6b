import { globSync, readFileSync } from 'node:fs'
import { pinyin } from 'pinyin-pro'
import { describe, expect, it } from 'vitest'
import { CODES } from '#server/contract/codes.ts'
import { ENGINE_FAULTS, ENGINE_STATES } from '#server/contract/engine.ts'
import { FCR_FIGURES, LOOP_FIGURES } from '#server/contract/insight.ts'
import * as lists from '#server/contract/lists.ts'
import {
  CALLBACK_STATES,
  QUESTION_STATES,
  QUESTION_STEPS,
  URGENCIES,
} from '#server/contract/question-lists.ts'
import { RULES } from '#server/contract/script-rules.ts'
import { STATES } from '../../web/questions/queue.ts'
import en from '../../web/app/locales/en.json' with { type: 'json' }
import initials from '../../web/app/locales/initials.json' with { type: 'json' }
import zhCN from '../../web/app/locales/zh-CN.json' with { type: 'json' }

const zh = new Map<string, string>(Object.entries(zhCN))
const english = new Map<string, string>(Object.entries(en))
const holes = (text: string | undefined) => new Set(text?.match(/\{\w+\}/gu))

describe('the wording of the page', () => {
  it('has the same keys in both languages', () => expect([...english.keys()]).toEqual([...zh.keys()]))

  it('fills the same places in both languages', () => {
    for (const [key, text] of zh) expect(holes(english.get(key)), key).toEqual(holes(text))
  })

  it('leaves nothing unsaid', () => {
    for (const [key, text] of [...zh, ...english]) expect(text.trim(), key).not.toBe('')
  })

  it('words every refusal of the server', () => {
    for (const code of Object.keys(CODES)) expect(zh.has(`code.${code}`), code).toBe(true)
  })

  it('names every member of the closed lists it shows', () => {
    const shown: [string, readonly string[]][] = [
      ['role', lists.ROLES],
      ['scriptRule', Object.keys(RULES)],
      ['persona', lists.ROLES],
      ['kind', lists.SEARCH_KINDS],
      ['kind.short', lists.SEARCH_KINDS],
      ['category', lists.CATEGORIES],
      ['label', lists.VIEW_LABELS],
      ['label.meaning', lists.VIEW_LABELS],
      ['status', lists.SOURCE_STATUSES],
      ['sourceKind', lists.SOURCE_KINDS],
      ['noticeKind', lists.NOTICE_KINDS],
      ['noticeState', lists.NOTICE_STATES],
      ['verdict', lists.VERDICTS],
      ['toast.outcome', lists.VERDICTS],
      ['toast.copied', lists.COPIED_PARTS],
      ['notifications.event', lists.NOTIFICATION_EVENTS],
      ['questions.urgency', URGENCIES],
      ['questions.state', [...QUESTION_STATES, ...STATES]],
      ['questions.step', QUESTION_STEPS],
      ['questions.callback', CALLBACK_STATES],
      ['urgency', URGENCIES],
      ['questionState', QUESTION_STATES],
      ['callbacks.list', CALLBACK_STATES],
      ['system.state', ENGINE_STATES],
      ['system.fault', ENGINE_FAULTS],
      ['system.remedy', ENGINE_FAULTS],
    ]
    for (const [prefix, list] of shown)
      for (const one of list) expect(zh.has(`${prefix}.${one}`), `${prefix}.${one}`).toBe(true)
  })

  it('defines every figure: a ratio by what it divides, a time or count by what it means', () => {
    const ratios = new Set<string>([...FCR_FIGURES, 'answered_in_time'])
    for (const figure of [...FCR_FIGURES, ...LOOP_FIGURES])
      for (const part of ratios.has(figure) ? ['name', 'numerator', 'denominator'] : ['name', 'meaning'])
        expect(zh.has(`definition.${figure}.${part}`), `${figure} ${part}`).toBe(true)
  })

  it('has every key that a page asks for by name', () => {
    for (const file of globSync('web/**/*.{vue,ts}')) {
      const asked = [...readFileSync(file, 'utf8').matchAll(/\b(?:t|say)\('([\w.-]+)'/gu)].map(
        match => match[1] ?? '',
      )
      for (const key of asked) expect(zh.has(key), `${file}: ${key}`).toBe(true)
    }
  })
})

describe('initials for the palette', () => {
  it('are those of the Chinese labels', () => {
    const labels = [...zh].filter(([key]) => key.startsWith('command.'))
    const wanted = labels.map(([key, label]) => [
      key,
      pinyin(label, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'removed' }).join(''),
    ])
    expect(initials).toEqual(Object.fromEntries(wanted))
  })
})
