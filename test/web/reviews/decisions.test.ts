import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Component } from 'vue'
import { i18n } from '../../../web/app/i18n.ts'
import ApproveDialog from '../../../web/reviews/ApproveDialog.vue'
import DelegationDialog from '../../../web/reviews/DelegationDialog.vue'
import DepartmentDialog from '../../../web/reviews/DepartmentDialog.vue'
import FastLaneDialog from '../../../web/reviews/FastLaneDialog.vue'
import RemarkDialog from '../../../web/reviews/RemarkDialog.vue'
import ReturnDialog from '../../../web/reviews/ReturnDialog.vue'
import StandInDialog from '../../../web/reviews/StandInDialog.vue'
import { tick, ticked } from '../../../web/reviews/checks.ts'
import { approve } from '../../../web/reviews/decisions.ts'
import { dialog } from '../../../web/reviews/dialogs.ts'
import { me, members } from '../../../web/api/index.ts'
import { outcomeOf } from '../../../web/reviews/outcome.ts'
import { paragraph, review } from '../../../web/reviews/review.ts'
import { toasts } from '../../../web/ui/toasts.ts'
import { problem, settle, stubServer, type Asked } from '../server-stub.ts'
import { readings, view } from './sample.ts'

let asked: Asked[]
let refuse: Response | undefined
const shown = view(1, { waitingFor: ['market', 'safety'] })
const sent = (path: string) => asked.find(one => one.method === 'POST' && one.url.pathname.endsWith(path))
const open = (which: Component, props: object = { review: shown }) =>
  mount(which, { props, global: { plugins: [i18n] }, attachTo: document.body })
const send = async (wrapper: ReturnType<typeof open>) => {
  await wrapper.find('form').trigger('submit')
  await settle()
  await settle()
}
const answer = (reply: unknown) => () => refuse ?? reply

beforeEach(() => {
  sessionStorage.clear()
  refuse = undefined
  ;({ asked } = stubServer({
    ...readings,
    'GET /api/reviews/1': () => shown,
    'POST /api/reviews/1/votes': answer({ state: 'in_review' }),
    'POST /api/reviews/1/comments': answer(null),
    'POST /api/reviews/1/departments': answer(null),
    'POST /api/reviews/1/stand-ins': answer(null),
    'POST /api/reviews/1/fast-lane': answer({ until: '2026-09-04T00:00:00.000Z' }),
    'POST /api/delegations': answer({ delegations: [] }),
  }))
  review.value = shown
  me.value = { id: 2, name: '赵岚', workNo: '2002', roles: ['chair'], department: 'market' }
  members.value = [
    { personId: 2, name: '赵岚', department: 'market' },
    { personId: 3, name: '吴宁', department: 'safety' },
  ]
})
afterEach(() => {
  ticked.value.forEach(tick)
  review.value = undefined
  dialog.value = undefined
  paragraph.value = null
  toasts.value = []
  document.body.innerHTML = ''
  vi.unstubAllGlobals()
})

describe('approving', () => {
  it('is asked about first while something is not ticked, and says what', async () => {
    tick('complete')
    await approve()
    expect(dialog.value).toBe('approve')
    expect(sent('/votes')).toBeUndefined()
    const asking = open(ApproveDialog, {})
    expect(asking.text()).toContain('还有 2 项没有核对')
    await send(asking)
    expect(sent('/votes')?.body).toEqual({ verdict: 'approve' })
  })

  it('is done at once when everything is ticked, and says who is still waited for', async () => {
    shown.checklist.forEach(tick)
    await approve()
    expect(sent('/votes')?.body).toEqual({ verdict: 'approve' })
    expect(toasts.value[0]).toMatchObject({ key: 'reviews.toast.waiting', commands: ['nextReview'] })
  })

  it('says what came of it: in force, on its day, retired', () => {
    const onItsDay = { ...shown.revision, validFrom: '2099-01-01T00:00:00.000Z' }
    expect(outcomeOf(shown, 'approved')).toBe('inForce')
    expect(outcomeOf(view(1, { revision: onItsDay }), 'approved')).toBe('later')
    expect(outcomeOf(view(1, { kind: 'retirement' }), 'approved')).toBe('retired')
    expect(outcomeOf(shown, 'in_review')).toBe('waiting')
  })

  it('gives a refusal as a sentence', async () => {
    shown.checklist.forEach(tick)
    refuse = problem('review.author_may_not_vote', 403)
    await approve()
    expect(toasts.value[0]).toMatchObject({ key: 'code.review.author_may_not_vote', tone: 'bad' })
  })
})

describe('returning', () => {
  it('needs a reason', async () => {
    const dialogue = open(ReturnDialog)
    await send(dialogue)
    expect(sent('/votes')).toBeUndefined()
    expect(dialogue.find('button.main').attributes('disabled')).toBeDefined()
  })

  it('keeps the words when it is refused, when it is closed and after a reload', async () => {
    refuse = problem('review.closed', 409)
    const dialogue = open(ReturnDialog)
    await dialogue.find('textarea').setValue('时限的起算日没写清。')
    await send(dialogue)
    expect(dialogue.find('[role=alert]').text()).toBe('这一轮评审已经结束。')
    expect(dialogue.emitted('close')).toBeUndefined()
    dialogue.unmount()
    expect(open(ReturnDialog).find('textarea').element.value).toBe('时限的起算日没写清。')
    expect(sessionStorage.getItem('firstline.reviews.return.1')).toBe('时限的起算日没写清。')
  })

  it('sends the reason and forgets it', async () => {
    const dialogue = open(ReturnDialog)
    await dialogue.find('textarea').setValue(' 口径太长。 ')
    await dialogue.find('form').trigger('keydown', { key: 'Enter', ctrlKey: true })
    await settle()
    await settle()
    expect(sent('/votes')?.body).toEqual({ verdict: 'return', reason: '口径太长。' })
    expect(sessionStorage.getItem('firstline.reviews.return.1')).toBeNull()
    expect(dialogue.emitted('close')).toHaveLength(1)
  })
})

describe('remarks and other departments', () => {
  it('remarks on the chosen paragraph', async () => {
    paragraph.value = 1
    const dialogue = open(RemarkDialog)
    await dialogue.find('textarea').setValue('这里要写清。')
    await send(dialogue)
    expect(sent('/comments')?.body).toEqual({ field: 'body', paragraph: 1, text: '这里要写清。' })
  })

  it('remarks on a field when no paragraph is chosen', async () => {
    const dialogue = open(RemarkDialog)
    await dialogue.find('select').setValue('basis')
    await dialogue.find('textarea').setValue('条号不对。')
    await send(dialogue)
    expect(sent('/comments')?.body).toEqual({ field: 'basis', text: '条号不对。' })
  })

  it('calls in a department with a seat that is not asked yet', async () => {
    const dialogue = open(DepartmentDialog)
    expect(dialogue.findAll('input').map(one => one.element.value)).toEqual(['safety'])
    await send(dialogue)
    expect(sent('/departments')?.body).toEqual({ department: 'safety' })
  })

  it('lets the chair give the vote of a department to a member who is no author', async () => {
    members.value = [...members.value, { personId: 1, name: '陈曦', department: 'service' }]
    const dialogue = open(StandInDialog)
    const [departments, people] = dialogue.findAll('select')
    expect(people?.findAll('option')).toHaveLength(2)
    await departments?.setValue('safety')
    await people?.setValue('3')
    await send(dialogue)
    expect(sent('/stand-ins')?.body).toEqual({ department: 'safety', personId: 3 })
  })
})

it('the fast lane needs hours of at most 72 and a reason, and says when it lapses', async () => {
  const dialogue = open(FastLaneDialog)
  const button = dialogue.find('button.main')
  await dialogue.find('textarea').setValue('台风今晚到。')
  expect(button.attributes('disabled')).toBeUndefined()
  expect(dialogue.text()).toContain('自动撤下')
  await dialogue.find('input').setValue(73)
  expect(button.attributes('disabled')).toBeDefined()
  await dialogue.find('input').setValue(12)
  await send(dialogue)
  expect(sent('/fast-lane')?.body).toEqual({ hours: 12, reason: '台风今晚到。' })
})

it('delegation lends the seat to another member, from the first day to the end of the last', async () => {
  const dialogue = open(DelegationDialog, {})
  const [first, last] = dialogue.findAll('input')
  await first?.setValue('2030-03-05')
  await last?.setValue('2030-03-04')
  expect(dialogue.find('button.main').attributes('disabled')).toBeDefined()
  await last?.setValue('2030-03-06')
  await send(dialogue)
  expect(sent('/delegations')?.body).toEqual({
    toPersonId: 3,
    from: '2030-03-04T16:00:00.000Z',
    until: '2030-03-06T16:00:00.000Z',
  })
})
