import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'

/** The text of a good entry file with some of its lines of front matter replaced, added or, by undefined, left out. */
export function entryFile(
  lines: Record<string, string | undefined> = {},
  body = '供电企业责任的，按规定赔偿。',
): string {
  const matter = Object.entries({ ...GOOD, ...lines }).filter(([, value]) => value !== undefined)
  return `---\n${matter.map(([name, value]) => `${name}: ${value}`).join('\n')}\n---\n\n${body}\n`
}

const GOOD = {
  kind: 'answer',
  category: '供电可靠',
  topic: '停电赔偿',
  ownerDepartment: 'market',
  standardQuestion: '停电造成损失赔不赔？',
  similarQuestions:
    '[停电坏了肉谁赔, 停一天能不能赔钱, 没电了损失找谁, 断电赔偿怎么算, 停产损失谁出, 电停了要赔吗]',
  say: '要看停电的原因，我先给您登记。',
}

/** The line of an entry file in which a field stands. */
export const lineOfField = (text: string, field: string): number =>
  text.split('\n').findIndex(line => line.startsWith(`${field}:`)) + 1

const REGISTER = {
  'departments.yaml': '- { slug: market, name: 市场营销, nameEn: Marketing }\n',
  'sources.yaml':
    'rules: { title: 供电营业规则, number: 第14号令, issuer: 国家发展改革委, kind: rule, status: current }\n',
  'topics.yaml': '停电赔偿: { category: 供电可靠, ownerDepartment: market }\n',
}

/** Writes a content folder of its own: a small register and `files` by their path; undefined leaves a file out. */
export function contentFolder(files: Record<string, string | Buffer | undefined> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'firstline-content-'))
  mkdirSync(join(folder, 'entries'))
  writeFiles(folder, { ...REGISTER, ...files })
  return folder
}

/** Writes or replaces files of a content folder. */
export function writeFiles(folder: string, files: Record<string, string | Buffer | undefined>): void {
  for (const [path, text] of Object.entries(files)) {
    if (text === undefined) continue
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

/** The topic names of a content folder. */
export const readTopics = (folder: string): string[] =>
  Object.keys(parse(readFileSync(join(folder, 'topics.yaml'), 'utf8')) as object)
