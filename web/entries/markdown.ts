/** A text with what is selected in it, in UTF-16 units. */
export interface Selected {
  text: string
  start: number
  end: number
}

/** Makes what is selected bold, or plain again when it is; without a selection the signs are set and the cursor between. */
export function bold({ text, start, end }: Selected): Selected {
  const inner = text.slice(start, end)
  const around = text.slice(start - 2, start) === '**' && text.slice(end, end + 2) === '**'
  if (around) return splice(text, start - 2, end + 2, inner, 0, inner.length)
  return splice(text, start, end, `**${inner}**`, 2, 2 + inner.length)
}

/** Makes the lines of the selection a list, or plain lines again when each of them is one. */
export function list({ text, start, end }: Selected): Selected {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const to = endOfLine(text, end)
  const lines = text.slice(from, to).split('\n')
  const written = lines.filter(line => line.trim() !== '')
  const isList = written.length > 0 && written.every(line => line.startsWith('- '))
  const changed = lines.map(line =>
    isList ? line.replace(/^- /u, '') : line === '' && lines.length > 1 ? '' : `- ${line}`,
  )
  const now = changed.join('\n')
  return splice(text, from, to, now, now.length, now.length)
}

/** Sets a table of two columns below the line of the cursor, its first heading selected. */
export function table(at: Selected, [first, second]: readonly [string, string]): Selected {
  const rows = [`| ${first} | ${second} |`, '| --- | --- |', '|  |  |']
  return block(at, rows.join('\n'), 2, 2 + first.length)
}

/** A link to an entry in place of the selection, whose words it keeps. */
export function entryLink({ text, start, end }: Selected, id: number, title: string): Selected {
  const words = (text.slice(start, end) || title).replace(/[[\]\n]/gu, ' ')
  const link = `[${words}](entry:${id})`
  return splice(text, start, end, link, link.length, link.length)
}

/** A quotation below the line of the cursor, with the document it comes from; the place for its words is selected. */
export function quote(at: Selected, from: string, words: string): Selected {
  return block(at, `> ${words}\n>\n> ——${from}`, 2, 2 + words.length)
}

/** Sets a block with an empty line around it below the line of the cursor; selects `from`–`to` of it. */
function block({ text, end }: Selected, added: string, from: number, to: number): Selected {
  const at = endOfLine(text, end)
  const before = text.slice(0, at)
  const lead = before === '' || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n'
  const after = text.slice(at)
  const trail = after === '' || after.startsWith('\n\n') ? '' : after.startsWith('\n') ? '\n' : '\n\n'
  return splice(text, at, at, lead + added + trail, lead.length + from, lead.length + to)
}

function splice(text: string, from: number, to: number, put: string, start: number, end: number): Selected {
  return { text: text.slice(0, from) + put + text.slice(to), start: from + start, end: from + end }
}

function endOfLine(text: string, at: number): number {
  const next = text.indexOf('\n', at)
  return next < 0 ? text.length : next
}
