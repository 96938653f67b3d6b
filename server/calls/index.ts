export { noteSearch } from './commands.ts'
export { openingCounts, ownCall, queriesSettledBy, resolvedCounts } from './queries.ts'
export { registerCalls } from './routes.ts'
export { call, callOutcome, callSearch } from './tables.ts'
