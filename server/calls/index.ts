export { noteSearch } from './commands.ts'
export { openingCounts, resolvedCounts } from './queries.ts'
export { registerCalls } from './routes.ts'
