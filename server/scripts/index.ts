export { revisionOfScript } from './drafts.ts'
export { readBody } from './read-body.ts'
export { registerScripts } from './routes.ts'
export { customerWords } from './spoken.ts'
