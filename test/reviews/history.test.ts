import { array, assert, constantFrom, oneof, property, string } from 'fast-check'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Comparison, EntryHistory, TextComparison } from '#server/contract/writing.ts'
import { iso } from '#server/platform/kernel/clock.ts'
import { compareWords } from '#server/reviews/diff.ts'
import { makeApp, NOW, type Client, type TestApp } from '../support/app.ts'
import { approve, open, refusal, revise, submit, vote } from '../support/committee.ts'

let t: TestApp
let expert: Client
beforeEach(async () => {
  t = await makeApp()
  onTestFinished(t.close)
  expert = await t.signIn('expert')
})

const history = async (client: Client, id: number) =>
  (await client.get(`/api/entries/${id}/history`)).json<EntryHistory>()

const changes = async (before: number, after: number) =>
  (await expert.get(`/api/comparisons?before=${before}&after=${after}`)).json<Comparison>().fields

test('a page tells all that happened to an entry', async () => {
  const { reviewId, revisionId, id } = await submit(t)
  await vote(await t.signIn('reviewer', 'market'), reviewId, 'return', '依据没写。')
  await approve(t, await open(expert, revisionId))
  const next = await revise(t, expert, id, { standardQuestion: '限电要提前多久通知？' })
  await approve(t, await open(expert, next))
  const asked = await expert.post(`/api/entries/${id}/retirement`, { reason: '业务已取消。' })
  await approve(t, asked.json<{ reviewId: number }>().reviewId)
  const { revisions, retirements } = await history(await t.signIn('reviewer', 'safety'), id)
  expect(revisions).toMatchObject([
    { number: 2, state: 'retired', title: '限电要提前多久通知？', authors: [{ name: '陈曦' }] },
    { number: 1, state: 'superseded', publications: [{ at: iso(NOW), until: null }] },
  ])
  expect(revisions[1]?.reviews.map(({ round, state }) => [round, state]).toSorted()).toEqual([
    [1, 'returned'],
    [2, 'approved'],
  ])
  expect(revisions[0]?.reviews.map(({ kind, state }) => [kind, state])).toContainEqual([
    'retirement',
    'approved',
  ])
  expect(retirements).toEqual([{ at: iso(NOW), reason: '业务已取消。' }])
})

test('it is for those who write and review', async () => {
  const id = t.build.entry()
  for (const persona of ['agent', 'supervisor', 'admin'] as const)
    expect(refusal(await (await t.signIn(persona)).get(`/api/entries/${id}/history`))).toEqual([
      403,
      'right.missing',
    ])
  expect(refusal(await expert.get('/api/entries/99/history'))).toEqual([404, 'entry.not_found'])
})

test('what ends with a day is compared as the end of that day, what ends within one to the second', async () => {
  const id = t.build.entry({ validUntil: Date.parse('2026-12-31T24:00:00+08:00') })
  const next = t.build.revision(id, { validUntil: Date.parse('2027-01-01T00:00:01+08:00') })
  t.build.publish(next)
  const endless = t.build.revision(id, { validUntil: null })
  t.build.publish(endless)
  const texts = [await changes(endless, 1), await changes(endless, next)].map(([field]) => field)
  expect(texts).toEqual([
    { field: 'validUntil', parts: [{ op: 'added', text: '2026-12-31 24:00:00' }] },
    { field: 'validUntil', parts: [{ op: 'added', text: '2027-01-01 00:00:01' }] },
  ])
})

test('two revisions are compared field by field, word by word', async () => {
  const id = t.build.entry({
    say: '计划停电提前七天公告。',
    basis: [{ sourceId: t.build.source('gb-12325'), clause: '4.1' }],
    scope: { province: '上海' },
  })
  const next = t.build.revision(id, { say: '计划停电提前三天公告。', scope: { city: '上海' } })
  t.build.publish(next)
  const fields = await changes(1, next)
  expect(fields.map(one => one.field)).toEqual(['say', 'basis', 'scope'])
  expect(fields[0]?.parts).toEqual([
    { op: 'same', text: '计划停电提前' },
    { op: 'removed', text: '七天' },
    { op: 'added', text: '三天' },
    { op: 'same', text: '公告。' },
  ])
  expect(fields[1]?.parts).toEqual([{ op: 'removed', text: '电能质量 供电电压偏差 GB/T 12325-2008 4.1' }])
})

describe('a comparison of texts', () => {
  const words = array(
    constantFrom('停电', '提前', '七天', '公告', '，', '。\n', ' ', 'GB/T 12325', '𠮷', '👨‍👩‍👧', '｜'),
    { maxLength: 60 },
  )
  const text = oneof(
    words.map(list => list.join('')),
    string({ unit: 'binary', maxLength: 80 }),
  )

  test('its parts give both texts back', () => {
    assert(
      property(text, text, (before, after) => {
        const parts = compareWords(before, after)
        const joined = (without: string) =>
          parts
            .filter(part => part.op !== without)
            .map(part => part.text)
            .join('')
        expect([joined('added'), joined('removed')]).toEqual([before, after])
        expect(parts.every(part => part.text !== '')).toBe(true)
      }),
    )
  })

  test('texts as long as may be, with nothing in common, are compared as well', async () => {
    const [before, after] = ['停电', '供电'].map(word =>
      Array.from({ length: 16_000 }, (_, n) => `${word}${n % 7}`)
        .join('')
        .slice(0, 50_000),
    )
    const reply = await expert.post('/api/comparisons', { before, after })
    const { parts } = reply.json<TextComparison>()
    expect(
      parts
        .filter(part => part.op !== 'removed')
        .map(part => part.text)
        .join(''),
    ).toBe(after)
  })

  test('is for writers', async () => {
    const reply = await (await t.signIn('agent')).post('/api/comparisons', { before: '', after: '' })
    expect(refusal(reply)).toEqual([403, 'right.missing'])
  })
})
