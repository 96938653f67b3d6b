import { SCRIPT_VARIABLES } from '#server/contract/script-lists.ts'

/** What a variable of a script is called in the language of the page; other names stay as they are. */
export const variableName = (name: string, t: (key: string) => string): string =>
  SCRIPT_VARIABLES.some(one => one === name) ? t(`script.variable.${name}`) : name
