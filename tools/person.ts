import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { databasePath, isMailAddress, readConfig } from '#server/config.ts'
import { ROLES, type Role } from '#server/contract/lists.ts'
import { addPerson, endDemo, hashPassword, requireFitPassword } from '#server/people/index.ts'
import { openDb, write } from '#server/platform/db/db.ts'
import { systemClock } from '#server/platform/kernel/clock.ts'
import { fillWhenEmpty, makeDataDir } from '#server/prepare.ts'

const USAGE =
  'usage: npm run person -- add --work-no 10001 --name 张三 --department service --roles agent,admin [--email zhang.san@95598.example]'

/**
 * `npm run person -- add …`: adds a person with a password read from standard input. It is the real set-up: from then
 * on the demo personas of this database can never sign in again.
 */
try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'work-no': { type: 'string' },
      name: { type: 'string' },
      department: { type: 'string' },
      roles: { type: 'string' },
      email: { type: 'string' },
    },
  })
  const { 'work-no': workNo, name, department, email } = values
  const roles = (values.roles ?? '')
    .split(',')
    .filter((role): role is Role => (ROLES as readonly string[]).includes(role))
  if (positionals[0] !== 'add' || !workNo || !name || !department || roles.length === 0)
    throw new Error(USAGE)
  if (email !== undefined && !isMailAddress(email)) throw new Error(`--email: ${email} is no mail address`)
  const password = await ask('password: ')
  requireFitPassword(password, workNo)
  await add({ workNo, name, department, roles, email, passwordHash: await hashPassword(password) })
  console.log(`${name} (${workNo}) may sign in; demo personas are off for good`)
} catch (error) {
  const { message, fields } = error as Error & { fields?: { path: string; message: string }[] }
  console.error([message, ...(fields ?? []).map(field => `${field.path}: ${field.message}`)].join('\n'))
  process.exitCode = 1
}

async function add(person: Parameters<typeof addPerson>[2]): Promise<void> {
  const config = readConfig(process.env)
  makeDataDir(config.dataDir)
  const db = openDb(databasePath(config))
  fillWhenEmpty(db, systemClock(), { ...config, demo: 'off' })
  write(db, tx => {
    addPerson(tx, systemClock(), person)
    endDemo(tx)
  })
  db.$client.close()
}

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await lines.question(question)
  lines.close()
  return answer
}
