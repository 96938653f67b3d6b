import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { InjectOptions } from 'fastify'
import type { Role } from '#server/contract/lists.ts'
import { auditHead } from '#server/platform/kernel/records.ts'
import { makeApp, type TestApp } from '../support/app.ts'
import { callsAt } from '../support/every-route.ts'
import { submit } from '../support/committee.ts'

const NOWHERE = 99_999
/** What is asked of routes that have no id in them, or one of the caller's own. */
const CALLS = callsAt(() => ({
  open: NOWHERE,
  hidden: [NOWHERE],
  lapsed: NOWHERE,
  script: NOWHERE,
  revisions: [NOWHERE, 1],
  reviews: [NOWHERE],
  marker: '停电',
  questions: [NOWHERE],
  queries: ['停电'],
}))
const WRITING = Object.keys(CALLS).filter(route => !route.startsWith('GET ') && route.includes('/:'))
const TABLES = [
  'revision',
  'revision_basis',
  'publication',
  'retirement',
  'review',
  'review_end',
  'review_comment',
  'called_in',
  'stand_in',
  'vote',
  'entry_task',
  'entry_task_end',
  'verification',
  'favourite',
  'call_outcome',
  'script_step',
  'practice',
  'entry_copy',
  'source',
  'department',
  'question',
  'question_step',
  'question_answer',
  'callback',
  'callback_try',
  'callback_handover',
  'gap_mark',
  'routing',
]

/** What somebody may do with what is asked for here. */
const MAY_TAKE = [
  'DELETE /api/favourite-entries/:id',
  'PUT /api/notifications/:id/reading',
  'PUT /api/departments/:slug',
  'PUT /api/sources/:id/successor',
  'PUT /api/routing/:category',
]

let t: TestApp
beforeEach(async () => {
  t = await makeApp()
  onTestFinished(t.close)
  await submit(t)
})

const stored = () => [
  auditHead(t.db),
  ...TABLES.map(one => t.db.$client.prepare(`select * from ${one}`).all()),
]

test.each<Role>(['agent', 'expert', 'reviewer', 'chair', 'supervisor', 'admin'])(
  'a write that is refused to %s leaves no row and changes nothing',
  async role => {
    const { cookie } = await t.signIn(role)
    const refused = new Set<string>()
    for (const route of WRITING) {
      for (const call of CALLS[route]!()) {
        const [url, payload] = typeof call === 'string' ? [call] : call
        const before = stored()
        const options = { method: route.split(' ')[0], url, payload, headers: { cookie, 'if-match': '1' } }
        const { statusCode } = await t.inject(options as InjectOptions)
        if (statusCode < 400) continue
        expect([route, role, stored()]).toEqual([route, role, before])
        refused.add(route)
      }
    }
    const taken = WRITING.filter(route => !refused.has(route))
    expect(MAY_TAKE).toEqual(expect.arrayContaining(taken))
  },
)
