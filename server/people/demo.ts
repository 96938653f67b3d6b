import { and, asc, eq, isNull } from 'drizzle-orm'
import { ROLES, type Role } from '#server/contract/lists.ts'
import { isLoopback, type Config } from '#server/config.ts'
import type { Db, Reader, Tx } from '#server/platform/db/db.ts'
import { readSetting, writeSetting } from '#server/platform/kernel/records.ts'
import { addPerson } from './commands.ts'
import { person, personRole } from './tables.ts'

const DEMO = 'demo'
const DEPARTMENTS = ['market', 'operations', 'safety', 'planning', 'service']

/** 工号 and name of each demo person. The first of a role is the one a bare `{persona}` picks. */
const SINGLE: [Role, string, string, string][] = [
  ['agent', '0731', '林晓', 'service'],
  ['chair', '1001', '周正', 'service'],
  ['supervisor', '1002', '何敏', 'service'],
  ['admin', '1003', '许安', 'service'],
]
const EXPERTS: Record<string, [string, string]> = {
  market: ['陈曦', '赵岚'],
  operations: ['王磊', '孙浩'],
  safety: ['李严', '吴宁'],
  planning: ['郑图', '冯远'],
  service: ['韩语', '沈听'],
}

/** Marks a new database as a demo and fills it with a persona of every role, an expert and a reviewer a department. */
export function createDemoPeople(tx: Tx, now: number): void {
  writeSetting(tx, DEMO, 'on')
  const add = (persona: Role, workNo: string, name: string, department: string) =>
    addPerson(tx, now, { workNo, name, department, roles: [persona], passwordHash: null, persona })
  for (const [role, workNo, name, department] of SINGLE) add(role, workNo, name, department)
  DEPARTMENTS.forEach((department, index) => {
    const [expert = '', reviewer = ''] = EXPERTS[department] ?? []
    add('expert', `20${index}1`, expert, department)
    add('reviewer', `20${index}2`, reviewer, department)
  })
}

/** A real set-up ends the demo for good: personas can never sign in to this database again. */
export function endDemo(tx: Tx): void {
  writeSetting(tx, DEMO, 'ended')
}

/** Whether personas may sign in: the database began as a demo, nobody ended it, and only this machine is listened to. */
export function demoIsOn(db: Reader, config: Pick<Config, 'demo' | 'host'>): boolean {
  return config.demo !== 'off' && isLoopback(config.host) && readSetting(db, DEMO) === 'on'
}

/** The id of a persona, or undefined. Without a department the first one, which for experts and reviewers is market. */
export function personaId(db: Db, persona: Role, department?: string): number | undefined {
  const where = [eq(person.persona, persona), eq(personRole.role, persona), isNull(person.leftAt)]
  if (department !== undefined) where.push(eq(person.department, department))
  return db
    .select({ id: person.id })
    .from(person)
    .innerJoin(personRole, eq(personRole.personId, person.id))
    .where(and(...where))
    .orderBy(asc(person.id))
    .get()?.id
}

export const PERSONAS: readonly Role[] = ROLES
