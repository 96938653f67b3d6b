import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DAY, HOUR, MINUTE } from '#server/platform/kernel/clock.ts'
import { outbox } from '#server/platform/kernel/tables.ts'
import { waitAfter } from '#server/notifications/rules.ts'
import { makeApp, NOW, type TestApp } from '../support/app.ts'
import { DRAFT, NOTICE, submit } from './journey.ts'
import { fakeSmtp, type FakeSmtp } from './smtp.ts'

const BEAT = 25_000
const FROM = 'firstline@95598.example'

let t: TestApp
let smtp: FakeSmtp
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  smtp = await fakeSmtp()
  t = await makeApp({ config: { mail: { url: smtp.url, from: FROM } } })
})
afterEach(async () => {
  await t.close()
  await smtp.close()
  vi.useRealTimers()
})

/** Gives the reviewer of a department an address; returns their id. */
async function withAddress(role: 'reviewer' | 'expert' | 'agent', email: string): Promise<number> {
  const { id } = await t.signIn(role)
  t.db.$client.prepare('update person set email = ? where id = ?').run(email, id)
  return id
}

const waiting = () =>
  t.db
    .select()
    .from(outbox)
    .all()
    .filter(row => row.effect === 'mail')
const mails = (count: number) => vi.waitFor(() => expect(smtp.mails).toHaveLength(count), { timeout: 20_000 })
const sent = () => vi.waitFor(() => expect(waiting()).toEqual([]), { timeout: 20_000 })
const beat = () => vi.advanceTimersByTime(BEAT)

describe('a mail at once', () => {
  it('tells a member with an address of a review, and nobody else', async () => {
    await withAddress('reviewer', 'zhao.lan@95598.example')
    await submit(t)
    await mails(1)
    await sent()
    expect(smtp.mails[0]).toMatchObject({
      from: FROM,
      to: 'zhao.lan@95598.example',
      subject: `【首解】待评审：${DRAFT.standardQuestion}`,
      messageId: '<notification.1@95598.example>',
    })
    expect(smtp.mails[0]?.text).toContain('赵岚，您好')
  })

  it('tells an author that their text was returned', async () => {
    await withAddress('expert', 'chen.xi@95598.example')
    const { reviewId } = await submit(t)
    const market = await t.signIn('reviewer', 'market')
    await market.post(`/api/reviews/${reviewId}/votes`, { verdict: 'return', reason: '请写明时限' })
    await mails(1)
    expect(smtp.mails[0]?.subject).toBe(`【首解】被退回：${DRAFT.standardQuestion}`)
  })

  it('is not sent of anything else, nor with more than one header from a title', async () => {
    await withAddress('reviewer', 'zhao.lan@95598.example')
    await (await t.signIn('chair')).post('/api/notices', NOTICE)
    await submit(t, { standardQuestion: '停电？\r\nBcc: all@95598.example' })
    await mails(1)
    expect(smtp.mails[0]?.to).toBe('zhao.lan@95598.example')
    expect(smtp.mails[0]?.subject).toContain('停电？')
    expect(smtp.tries).toBe(1)
  })

  it('is not sent to who has left or may no longer see it', async () => {
    smtp.refusal = '451 later'
    const id = await withAddress('reviewer', 'zhao.lan@95598.example')
    await submit(t)
    await vi.waitFor(() => expect(waiting()).toMatchObject([{ attempts: 1 }]), { timeout: 20_000 })
    smtp.refusal = undefined
    t.db.$client.exec(`update person_role set role = 'agent' where person_id = ${id}`)
    t.clock.now += MINUTE
    beat()
    await sent()
    expect(smtp.mails).toEqual([])
  })
})

describe('a mail server that fails', () => {
  it('holds up no request and is tried again, waiting longer each time', async () => {
    smtp.refusal = '451 later'
    await withAddress('reviewer', 'zhao.lan@95598.example')
    await submit(t)
    for (const attempts of [1, 2, 3]) {
      const notBefore = t.clock.now + waitAfter(attempts)
      await vi.waitFor(() => expect(waiting()).toMatchObject([{ attempts, notBefore }]), { timeout: 20_000 })
      beat()
      expect(smtp.tries).toBe(attempts)
      t.clock.now = notBefore
      if (attempts === 3) smtp.refusal = undefined
      beat()
    }
    await mails(1)
    await sent()
  })

  it('and refuses an address for good is not asked again', async () => {
    smtp.refusal = '550 no such mailbox'
    await withAddress('reviewer', 'nobody@95598.example')
    await submit(t)
    await vi.waitFor(() => expect(smtp.tries).toBe(1), { timeout: 20_000 })
    await sent()
    expect(smtp.mails).toEqual([])
  })

  it('and cannot be reached keeps the mail', async () => {
    await smtp.close()
    await withAddress('reviewer', 'zhao.lan@95598.example')
    await submit(t)
    await vi.waitFor(() => expect(waiting()).toMatchObject([{ attempts: 1 }]), { timeout: 20_000 })
  })

  it('is waited for a minute, then twice as long each time, at most an hour', () => {
    expect([1, 2, 3, 6, 7, 30].map(waitAfter)).toEqual([1, 2, 4, 32, 60, 60].map(minutes => minutes * MINUTE))
  })
})

describe('the daily digest', () => {
  it('is one mail a person at eight in the morning, of the day before, and only when there was something', async () => {
    await withAddress('agent', 'lin.xiao@95598.example')
    await withAddress('expert', 'chen.xi@95598.example')
    t.db.$client.exec('update person set created_at = 0 where email is not null')
    for (let count = 0; count < 2; count++) await (await t.signIn('chair')).post('/api/notices', NOTICE)
    beat()
    t.clock.now = NOW + 22 * HOUR - 1
    beat()
    expect(waiting()).toEqual([])
    t.clock.now = NOW + 22 * HOUR
    beat()
    beat()
    await mails(2)
    await sent()
    expect(smtp.mails.map(mail => [mail.to, mail.subject])).toEqual([
      ['lin.xiao@95598.example', '【首解】每日摘要 2026-11-22（2 条）'],
      ['chen.xi@95598.example', '【首解】每日摘要 2026-11-22（2 条）'],
    ])
    expect(smtp.mails[0]?.text).toContain('电网状态通知（2）')
    t.clock.now = NOW + 22 * HOUR + DAY
    beat()
    await sent()
    expect(smtp.mails).toHaveLength(2)
  })
})

it('without a mail server nothing is left to be mailed', async () => {
  const other = await makeApp()
  const { id } = await other.signIn('reviewer', 'market')
  other.db.$client.exec(`update person set email = 'zhao.lan@95598.example' where id = ${id}`)
  await submit(other)
  await (await other.signIn('reviewer', 'market')).get('/api/notifications')
  expect(
    other.db
      .select()
      .from(outbox)
      .all()
      .filter(row => row.effect === 'mail'),
  ).toEqual([])
  await other.close()
})
