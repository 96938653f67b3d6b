import { command, type Command } from '../ui/commands.ts'
import { beginRevision } from './beginning.ts'
import { LIST, go } from './place.ts'
import { fileAddress, view, type FileFormat } from './reading.ts'

const isRead = () => view.value !== undefined
const download = (format: FileFormat) => () =>
  view.value && location.assign(fileAddress(view.value.id, format))

/** What can be done with a script in force. */
export const pageCommands: readonly Command[] = [
  command('entry', 'reviseScript', ['o'], () => view.value && beginRevision(view.value.id), {
    foot: true,
    when: isRead,
  }),
  command(
    'entry',
    'history',
    ['h'],
    () => view.value && location.assign(`/entries/${view.value.id}/history`),
    {
      foot: true,
      when: isRead,
    },
  ),
  command('page', 'printScript', ['p'], () => print(), { foot: true, when: isRead }),
  command('page', 'scriptMarkdown', ['m'], download('markdown'), { foot: true, when: isRead }),
  command('page', 'scriptWord', ['w'], download('docx'), { foot: true, when: isRead }),
  command('find', 'toScripts', ['escape'], () => go(LIST), { foot: true }),
]
