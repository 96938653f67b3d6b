import {
  AlignmentType,
  Document,
  HeadingLevel,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import type { ScriptClass } from '#server/contract/script-lists.ts'
import type { QuoteView } from '#server/contract/script-views.ts'
import type { ScriptLine, ScriptStep, StepField } from '#server/contract/script.ts'
import { chinaDay } from '#server/sources/index.ts'
import { OPTIONAL, SPEAKER_NAMES, targetText } from './body-marks.ts'
import { withQuotes } from './quotes.ts'
import type { ScriptSheet } from './sheet.ts'

const CLASSES: Record<ScriptClass, string> = {
  quality: '品质类',
  tariff: '资费类',
  service: '服务类',
  business: '业务类',
}
const STATES: Record<QuoteView['state'], string> = {
  current: '与评审时一致',
  changed: '评审后有新版本',
  gone: '已不在有效状态',
}
/** A font that every Chinese Word has, and its like for Latin letters. */
const FONT = { ascii: 'Calibri', hAnsi: 'Calibri', eastAsia: '微软雅黑' }
/** Half-points. */
const SIZE = 21

/** A script as a Word document: its head, each step with what is said in it, what it quotes, and who approved it when. */
export function wordOf(sheet: ScriptSheet): Promise<Buffer> {
  const { content, script } = sheet
  const children = [
    new Paragraph({
      heading: HeadingLevel.TITLE,
      alignment: AlignmentType.LEFT,
      children: [run(content.standardQuestion)],
    }),
    tableOf(headOf(sheet)),
    ...script.steps.flatMap(step => stepParts(step, sheet)),
    ...quoteParts([...sheet.quotes.values()]),
    ...approvalParts(sheet),
  ]
  const run0 = { font: FONT, size: SIZE }
  const styles = { default: { document: { run: run0 }, title: { run: { ...run0, size: 36, bold: true } } } }
  return Packer.toBuffer(
    new Document({ title: content.standardQuestion, creator: '首解', styles, sections: [{ children }] }),
  )
}

function headOf({ content, script, revision, departments, labels }: ScriptSheet): string[][] {
  const { personality, motive, mood } = script.profile
  const profile = [personality, motive, mood].filter(Boolean).join('、')
  const rows = [
    ['类别', CLASSES[script.class]],
    ['适用场景', script.scenario],
    ['渠道', script.channel],
    ['客户画像', profile],
    ['业务类别', `${content.category} · ${content.topic}`],
    ['责任部门', departments.get(content.ownerDepartment) ?? content.ownerDepartment],
    ['版本', `第 ${revision} 版`],
    ['有效至', content.validUntil === null ? '' : chinaDay(content.validUntil - 1)],
    ['复核期限', content.verifyBy === null ? '' : chinaDay(content.verifyBy)],
    ['提示', labels.join('、')],
    ['客户还会这样说', content.similarQuestions.join('\n')],
  ]
  return rows.filter(([, value]) => value !== '')
}

function stepParts(
  { step, fields, lines, branches, next }: ScriptStep,
  sheet: ScriptSheet,
): (Paragraph | Table)[] {
  const name = sheet.stepNames.get(step)
  return [
    heading(HeadingLevel.HEADING_1, `第 ${step} 步${name === undefined ? '' : ` ${name}`}`),
    ...fields.flatMap(fieldParts),
    ...(lines.length > 0 ? [heading(HeadingLevel.HEADING_2, '话术')] : []),
    ...lines.map(line => lineOf(line, sheet)),
    ...(branches.length > 0 ? [heading(HeadingLevel.HEADING_2, '若客户说')] : []),
    ...branches.flatMap(({ ifSays, lines: said, to }) => [
      new Paragraph({ spacing: { before: 80 }, children: [run(`“${ifSays}” → ${targetText(to)}`, true)] }),
      ...said.map(line => lineOf(line, sheet, 480)),
    ]),
    ...(next === undefined ? [] : [new Paragraph({ children: [run(`→ ${targetText(next)}`, true)] })]),
  ]
}

function fieldParts({ name, value }: StepField): (Paragraph | Table)[] {
  if (value.length === 0) return []
  const title = heading(HeadingLevel.HEADING_2, name)
  if (typeof value === 'string')
    return [title, ...value.split('\n').map(text => new Paragraph({ children: [run(text)] }))]
  const texts = value.filter(item => typeof item === 'string')
  const rows = value.filter(item => typeof item !== 'string')
  if (rows.length === 0)
    return [title, ...texts.map(text => new Paragraph({ bullet: { level: 0 }, children: [run(text)] }))]
  const columns = [...new Set(rows.flatMap(row => Object.keys(row)))]
  return [title, tableOf([columns, ...rows.map(row => columns.map(column => row[column] ?? ''))])]
}

const lineOf = ({ speaker, text, optional }: ScriptLine, { quotes }: ScriptSheet, left = 0): Paragraph =>
  new Paragraph({
    indent: { left },
    spacing: { after: 60 },
    children: [
      run(`${SPEAKER_NAMES[speaker]}${optional ? OPTIONAL : ''}：`, true),
      run(withQuotes(text, ref => inWords(quotes.get(ref)))),
    ],
  })

/** A quote where it is read: its wording in force and where it is from; a notice is known only in a call. */
function inWords(view: QuoteView | undefined): string {
  if (view?.kind === 'notice') return '〔通话时显示电网状态通知的口径〕'
  if (!view || view.say === null) return '〔引用的条目已不在有效状态〕'
  return `${view.say}〔引自《${view.title}》第 ${view.current} 版〕`
}

function quoteParts(quotes: readonly QuoteView[]): (Paragraph | Table)[] {
  const entries = quotes.filter(view => view.kind === 'entry')
  if (entries.length === 0) return []
  const rows = entries.map(({ ref, title, pinned, current, state }) => [
    title ?? ref,
    pinned === null ? '' : `第 ${pinned} 版`,
    current === null ? '' : `第 ${current} 版`,
    STATES[state],
  ])
  return [heading(HeadingLevel.HEADING_1, '引用'), tableOf([['条目', '评审时', '现行', '状态'], ...rows])]
}

function approvalParts({ approvedBy, departments }: ScriptSheet): (Paragraph | Table)[] {
  const rows = approvedBy.map(({ name, department, at }) => [
    departments.get(department) ?? department,
    name,
    chinaDay(Date.parse(at)),
  ])
  const title = heading(HeadingLevel.HEADING_1, '审定')
  if (rows.length === 0)
    return [title, new Paragraph({ children: [run('尚未审定，不得对客户使用。', true)] })]
  return [title, tableOf([['部门', '审定人', '日期'], ...rows])]
}

type Level = (typeof HeadingLevel)[keyof typeof HeadingLevel]

const heading = (level: Level, text: string): Paragraph =>
  new Paragraph({
    heading: level,
    spacing: { before: 200, after: 80 },
    keepNext: true,
    children: [run(text, true)],
  })

const tableOf = (rows: readonly string[][]): Table =>
  new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: rows.map(cells => new TableRow({ cantSplit: true, children: cells.map(cellOf) })),
  })

const cellOf = (text: string): TableCell =>
  new TableCell({
    margins: { top: 40, bottom: 40, left: 100, right: 100 },
    children: text.split('\n').map(line => new Paragraph({ children: [run(line)] })),
  })

/** What XML cannot hold is left out. */
// eslint-disable-next-line no-control-regex -- these very characters are what XML 1.0 forbids (§2.2)
const UNFIT = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/gu

const run = (text: string, bold = false): TextRun =>
  new TextRun({ text: text.toWellFormed().replace(UNFIT, ''), bold, font: FONT })
