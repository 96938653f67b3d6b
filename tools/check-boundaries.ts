/** `node tools/check-boundaries.ts`: prints every import that goes against the architecture as path:line: reason. */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { offencesOf, unlistedParts } from './boundaries.ts'

const root = dirname(import.meta.dirname)
const files = globSync('{server,web,tools}/**/*.{ts,vue}', { cwd: root, exclude: ['web/dist/**'] })
const offences = files.toSorted().flatMap(file => offencesOf(file, readFileSync(join(root, file), 'utf8')))
for (const part of unlistedParts(files))
  offences.push({ path: `server/${part}`, line: 1, reason: 'is in no list of tools/boundaries.ts' })

for (const { path, line, reason } of offences) console.error(`${path}:${line}: ${reason}`)
process.exitCode = offences.length > 0 ? 1 : 0
