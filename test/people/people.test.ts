import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  addPerson,
  requireAnyRole,
  requireFitPassword,
  requireRole,
  type Actor,
} from '#server/people/index.ts'
import { committeeSeat } from '#server/people/tables.ts'
import { write } from '#server/platform/db/db.ts'
import { audit } from '#server/platform/kernel/tables.ts'
import { makeApp, NOW, type TestApp } from '../support/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await makeApp()
})
afterAll(() => app.close())

const actor = (...roles: Actor['roles']): Actor => ({
  id: 1,
  name: '林晓',
  workNo: '0731',
  department: 'service',
  roles,
})
const add = (workNo: string, roles: Actor['roles'], department = 'market') =>
  write(app.db, tx => addPerson(tx, NOW, { workNo, name: '李四', department, roles, passwordHash: null }))

describe('rights', () => {
  test('one of the roles is enough; none is refused', () => {
    requireRole(actor('agent', 'chair'), 'reviewer', 'chair')
    requireAnyRole(actor('agent'))
    expect(() => requireRole(actor('agent'), 'reviewer')).toThrow('right.missing')
    expect(() => requireAnyRole(actor())).toThrow('right.missing')
  })
})

test.each([
  ['短口令', '10086'],
  ['一二三四五六七八九', '10086'],
  ['abcd10086efgh', '10086'],
])('a weak password is refused: %s', (password, workNo) => {
  expect(() => requireFitPassword(password, workNo)).toThrow('request.invalid')
})

test('ten characters of any script make a password', () => {
  expect(() => requireFitPassword('一二三四五六七八九十', '10086')).not.toThrow()
})

test('a work number belongs to one person, a person to a department that exists', () => {
  add('30001', ['agent'])
  expect(() => add('30001', ['expert'])).toThrow('person.work_no_taken')
  expect(() => add('30002', ['agent'], 'finance')).toThrow('department.not_found')
})

test('reviewers and the chair hold a seat of the committee, an agent does not', () => {
  const seats = [add('30003', ['reviewer']), add('30004', ['chair', 'chair']), add('30005', ['agent'])].map(
    id =>
      app.db
        .select()
        .from(committeeSeat)
        .all()
        .filter(seat => seat.personId === id),
  )
  expect(seats.map(held => held.length)).toEqual([1, 1, 0])
  expect(seats[0]![0]).toMatchObject({ department: 'market', heldFrom: NOW, heldUntil: null })
})

describe('departments', () => {
  test('everyone signed in sees the five, in their order', async () => {
    const { departments } = (await (await app.signIn('agent')).get('/api/departments')).json()
    expect(departments).toHaveLength(5)
    expect(departments[0]).toEqual({ slug: 'planning', name: '计划建设', nameEn: 'Planning' })
  })

  test('an admin renames one and adds one at the end; it is written down who did', async () => {
    const admin = await app.signIn('admin')
    const names = { name: '营销服务', nameEn: 'Marketing and service' }
    expect((await admin.put('/api/departments/market', names)).json()).toEqual({ slug: 'market', ...names })
    await admin.put('/api/departments/digital', { name: '数字化', nameEn: 'Digital' })
    const { departments } = (await admin.get('/api/departments')).json()
    expect(departments.map((one: { name: string }) => one.name)).toEqual([
      '计划建设',
      '生产运行',
      '安全管理',
      '营销服务',
      '客户服务',
      '数字化',
    ])
    const named = app.db
      .select()
      .from(audit)
      .all()
      .filter(line => line.action === 'department.named')
    expect(named[0]).toMatchObject({ personId: admin.id, subject: 'department:market' })
  })

  test('nobody else may', async () => {
    for (const role of ['agent', 'expert', 'reviewer', 'chair', 'supervisor'] as const) {
      const reply = await (await app.signIn(role)).put('/api/departments/safety', { name: '改', nameEn: 'x' })
      expect(reply.json()).toMatchObject({ status: 403, code: 'right.missing' })
    }
  })

  test('the body cannot name another department or move one', async () => {
    const admin = await app.signIn('admin')
    for (const extra of [{ slug: 'safety' }, { position: 0 }]) {
      const reply = await admin.put('/api/departments/market', { name: '改', nameEn: 'x', ...extra })
      expect(reply.statusCode).toBe(400)
    }
    expect((await admin.put('/api/departments/Bad Slug', { name: '改', nameEn: 'x' })).statusCode).toBe(400)
  })
})
